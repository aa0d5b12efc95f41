/**
 * One run, one owner, among all tabs and trainers of this browser: a Web Lock that bears the run's name. A channel lets the
 * one who wants a run ask its owner, and take it over: the owner saves, lets go and says so. Without locks the store's marks
 * still keep tabs from overwriting each other (storage.ts); without a channel a waiting time stands for the answer.
 */
export interface Lease {
  key: string;
  release(): void;
}

export interface Leases {
  /** The lease, 'elsewhere' where another tab has the run, or 'unguarded' where this browser has no locks. */
  claim(key: string, take: boolean): Promise<Lease | 'elsewhere' | 'unguarded'>;
  close(): void;
}

interface Tools {
  locks?: Pick<LockManager, 'request'>;
  channel?: Pick<BroadcastChannel, 'postMessage' | 'onmessage' | 'close'> | null;
  /** Milliseconds in which an owner must answer. */
  patience?: number;
}

type Note = { type: 'whose' | 'mine' | 'yield'; key: string };

const lockName = (key: string) => `from-noise-run ${key}`;

const openChannel = () =>
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('from-noise-runs');

/** `onLost` saves and stops the run called `key`: another tab takes it over. */
export function createLeases(
  onLost: (key: string) => Promise<void>,
  { locks = globalThis.navigator?.locks, channel = openChannel(), patience = 3000 }: Tools = {},
): Leases {
  /** A run may be opened anew before the old one is let go: leases of one key are counted. */
  const held = new Map<string, { count: number; free: () => void }>();
  const answers = new Set<(note: Note) => void>();

  const lose = async (key: string) => {
    const entry = held.get(key);
    if (!entry) return;
    held.delete(key);
    await onLost(key).catch(() => {});
    entry.free();
  };
  if (channel)
    channel.onmessage = ({ data }: MessageEvent<Note>) => {
      if (data.type === 'whose' && held.has(data.key))
        channel.postMessage({ type: 'mine', key: data.key } satisfies Note);
      if (data.type === 'yield') void lose(data.key);
      if (data.type === 'mine') for (const hear of [...answers]) hear(data);
    };

  /** Resolves with what frees the lock once it is held, or null where it is not had. */
  function acquire(key: string, options: LockOptions): Promise<(() => void) | null> {
    return new Promise((resolve) => {
      locks!
        .request(lockName(key), options, (lock) => {
          if (!lock) return resolve(null);
          return new Promise<void>((free) => resolve(() => free()));
        })
        // Aborted while it waited; or stolen while it was held.
        .catch(() => {
          resolve(null);
          void lose(key);
        });
    });
  }

  /** Waits until the lock is free, an owner answers that it lives, or nothing came. Rejects where locks never answer. */
  async function wait(key: string, ask: boolean): Promise<(() => void) | null> {
    const stop = new AbortController();
    const hear = (note: Note) => note.key === key && stop.abort();
    let timer: ReturnType<typeof setTimeout> | undefined;
    // A browser under load may take seconds to answer; taking it for one without locks would let two tabs train one run.
    // This time begins when the first has ended, so that a thread that was busy for long proves nothing.
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        stop.abort();
        timer = setTimeout(() => reject(new Error('Web Locks do not answer.')), 4 * patience);
      }, patience);
    });
    if (ask) answers.add(hear);
    try {
      const waiting = acquire(key, { signal: stop.signal });
      channel?.postMessage({ type: ask ? 'whose' : 'yield', key } satisfies Note);
      return await Promise.race([waiting, silence]);
    } finally {
      clearTimeout(timer);
      answers.delete(hear);
    }
  }

  return {
    async claim(key, take) {
      if (!locks) return 'unguarded';
      const known = held.get(key);
      if (!known) {
        // A page that was reloaded may find the lock of the worker before it for a moment.
        const free = await wait(key, !take)
          .then((got) => got ?? (take ? acquire(key, { steal: true }) : null))
          .catch(() => 'unguarded' as const);
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
