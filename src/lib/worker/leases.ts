/**
 * One run, one owner, among all tabs and trainers of this browser: a Web Lock that bears the run's name. A channel lets the
 * one who wants a run ask its owner, and take it over: the owner saves, lets go and says so. Without locks the store's stamps
 * still keep tabs from overwriting each other (storage.ts); without a channel a waiting time stands for the answer.
 */
import { turns } from '../data/turns.ts';

export interface Lease {
  key: string;
  release(): void;
}

export interface Leases {
  /** The lease, 'elsewhere' where another tab has the run, or 'unguarded' where this page has no locks. */
  claim(key: string, take: boolean): Promise<Lease | 'elsewhere' | 'unguarded'>;
  close(): void;
}

interface Tools {
  locks?: Pick<LockManager, 'request'>;
  channel?: Pick<BroadcastChannel, 'postMessage' | 'onmessage' | 'close'> | null;
  /** Milliseconds of a turn (turns.ts). */
  turn?: number;
}

/** Turns in which an owner must say that it lives. One that was ended may take seconds to let go. */
const TO_ANSWER = 5;
/** Turns in which an owner that lives must have saved. */
const TO_SAVE = 20;
/** Turns after which locks that said nothing are taken for none. Slow ones are waited for: two tabs would train one run. */
const TO_BE_THERE = 60;

type Note = { type: 'whose' | 'mine' | 'yield'; key: string };
/** Lets a lock go. */
type Free = () => void;

const lockName = (key: string) => `from-noise-run ${key}`;

const openChannel = () =>
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('from-noise-runs');

/** `onLost` saves and stops the run called `key`: another tab takes it over. */
export function createLeases(
  onLost: (key: string) => Promise<void>,
  { locks = globalThis.navigator?.locks, channel = openChannel(), turn = 1000 }: Tools = {},
): Leases {
  /** A run may be opened anew before the old one is let go: leases of one key are counted. */
  const held = new Map<string, { count: number; free: Free }>();
  const answers = new Set<(key: string) => void>();
  const say = (type: Note['type'], key: string) =>
    channel?.postMessage({ type, key } satisfies Note);

  const lose = async (key: string) => {
    const entry = held.get(key);
    if (!entry) return;
    held.delete(key);
    await onLost(key).catch(() => {});
    entry.free();
  };
  if (channel)
    channel.onmessage = ({ data: { type, key } }: MessageEvent<Note>) => {
      if (type === 'mine') for (const hear of [...answers]) hear(key);
      else if (held.has(key)) {
        say('mine', key);
        if (type === 'yield') void lose(key);
      }
    };

  /** Resolves with what frees the lock once it is held, or null where it is not had. Rejects where there are no locks. */
  function acquire(key: string, options: LockOptions): Promise<Free | null> {
    return new Promise((resolve, reject) => {
      let own: Free | undefined;
      locks!
        .request(lockName(key), options, (lock) => {
          if (!lock) return resolve(null);
          return new Promise<void>((free) => {
            own = () => free();
            resolve(own);
          });
        })
        // Stolen while it was held; aborted while it waited; or forbidden, as in a sandboxed frame.
        .catch((error) => {
          if (own) held.get(key)?.free === own && void lose(key);
          else if (error?.name === 'AbortError') resolve(null);
          else reject(error);
        });
    });
  }

  /** What comes of `asked`; where that is nothing in so many turns, `giveUp` is called, and what comes later is let go. */
  async function patiently(asked: Promise<Free | null>, most: () => number, giveUp: () => void) {
    const heard = new AbortController();
    const silence = turns(most, turn, heard.signal).then(() => {
      asked.then((free) => free?.()).catch(() => {});
      giveUp();
      return null;
    });
    try {
      return await Promise.race([asked, silence]);
    } finally {
      heard.abort();
    }
  }

  /** For what a browser answers without waiting for anybody. */
  const answered = (asked: Promise<Free | null>) =>
    patiently(
      asked,
      () => TO_BE_THERE,
      () => {
        throw new Error('Web Locks do not answer.');
      },
    );

  /** Waits until the owner lets the lock go, says that it keeps it, or does nothing. */
  async function queue(key: string, take: boolean): Promise<Free | null> {
    const stop = new AbortController();
    let most = TO_ANSWER;
    const hear = (whose: string) => {
      if (whose !== key) return;
      if (take) most = TO_SAVE;
      else stop.abort();
    };
    answers.add(hear);
    try {
      const waiting = acquire(key, { signal: stop.signal });
      say(take ? 'yield' : 'whose', key);
      return await patiently(
        waiting,
        () => most,
        () => stop.abort(),
      );
    } finally {
      answers.delete(hear);
    }
  }

  /** The lock as soon as it can be had; null where another keeps it. */
  const seek = async (key: string, take: boolean): Promise<Free | null> =>
    // The browser itself says whether it is held. By whom is asked then: it may be the worker of a page that was reloaded.
    (await answered(acquire(key, { ifAvailable: true }))) ??
    (await queue(key, take)) ??
    answered(acquire(key, take ? { steal: true } : { ifAvailable: true }));

  return {
    async claim(key, take) {
      if (!locks) return 'unguarded';
      if (!held.has(key)) {
        const free = await seek(key, take).catch(() => 'unguarded' as const);
        if (free === 'unguarded') return free;
        if (!free) return 'elsewhere';
        held.set(key, { count: 0, free });
      }
      const entry = held.get(key)!;
      entry.count++;
      let open = true;
      return {
        key,
        release() {
          if (!open) return;
          open = false;
          if (--entry.count > 0) return;
          if (held.get(key) === entry) held.delete(key);
          entry.free();
        },
      };
    },
    close() {
      for (const { free } of held.values()) free();
      held.clear();
      channel?.close();
    },
  };
}
