/** One run, one owner: two workers of one browser, with Node's locks and channels. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { turns } from '../../src/lib/data/turns.ts';
import { createLeases, type Lease, type Leases } from '../../src/lib/worker/leases.ts';
import { createLocks } from './support/locks.ts';

const open: Leases[] = [];
const tab = (
  locks: ReturnType<typeof createLocks>,
  onLost: (key: string) => Promise<void> = async () => {},
  channel?: null,
) => {
  const made = createLeases(onLost, {
    locks,
    turn: TURN_MS,
    ...(channel === null ? { channel } : {}),
  });
  open.push(made);
  return made;
};
const lease = (claimed: Lease | string) => {
  expect(claimed).toHaveProperty('release');
  return claimed as Lease;
};

const TURN_MS = 20;
const after = (count: number) => turns(() => count, TURN_MS, new AbortController().signal);

afterEach(() => {
  for (const made of open.splice(0)) made.close();
});

describe('a run', () => {
  it('has one owner; the next one is told, and gets it when it is let go', async () => {
    const locks = createLocks();
    const [a, b] = [tab(locks), tab(locks)];
    const mine = lease(await a.claim('two:1', false));
    expect(await b.claim('two:1', false)).toBe('elsewhere');
    lease(await b.claim('two:2', false));
    mine.release();
    lease(await b.claim('two:1', false));
  });

  it('may be opened anew by its owner, and is let go with the last lease', async () => {
    const locks = createLocks();
    const [a, b] = [tab(locks), tab(locks)];
    const first = lease(await a.claim('two:1', false));
    const second = lease(await a.claim('two:1', false));
    first.release();
    first.release();
    expect(await b.claim('two:1', false)).toBe('elsewhere');
    second.release();
    lease(await b.claim('two:1', false));
  });

  it('is saved by its owner before another takes it over', async () => {
    const locks = createLocks();
    const order: string[] = [];
    const a = tab(locks, async (key) => {
      // It takes its time: other work comes in between.
      for (let n = 0; n < 5; n++) await new Promise(setImmediate);
      order.push(`saved ${key}`);
    });
    const b = tab(locks);
    await a.claim('two:1', false);
    lease(await b.claim('two:1', true));
    order.push('taken');
    expect(order).toEqual(['saved two:1', 'taken']);
    expect(await a.claim('two:1', false)).toBe('elsewhere');
  });

  it.each([
    ['an owner that does not answer', undefined],
    ['a browser without channels', null],
  ] as const)('is taken over from %s', async (_, channel) => {
    const locks = createLocks();
    const lost = vi.fn(() => (channel === null ? Promise.resolve() : new Promise<void>(() => {})));
    const a = tab(locks, lost, channel as null);
    const b = tab(locks, undefined, channel as null);
    await a.claim('two:1', false);
    expect(await b.claim('two:1', false)).toBe('elsewhere');
    lease(await b.claim('two:1', true));
    await vi.waitFor(() => expect(lost).toHaveBeenCalledWith('two:1'));
  });

  it('is not stolen from an owner that lives and takes long to save', async () => {
    const locks = createLocks();
    const order: string[] = [];
    const a = tab(locks, async () => {
      // An owner that says nothing has five.
      await after(9);
      order.push('saved');
    });
    const b = tab(locks);
    await a.claim('two:1', false);
    lease(await b.claim('two:1', true));
    expect([...order, 'taken']).toEqual(['saved', 'taken']);
  });

  it('is guarded by locks that are slow to answer', async () => {
    const locks = createLocks();
    const slow = {
      request: async (...asked: unknown[]) => {
        await after(35);
        return (locks.request as (...asked: unknown[]) => Promise<unknown>)(...asked);
      },
    } as typeof locks;
    const [a, b] = [tab(slow), tab(slow)];
    lease(await a.claim('two:1', false));
    expect(await b.claim('two:1', false)).toBe('elsewhere');
  });
});

describe('a run is unguarded', () => {
  const claimWith = (locks: Pick<LockManager, 'request'>) =>
    createLeases(async () => {}, { locks, channel: null, turn: 1 }).claim('two:1', false);

  it('where there are no locks', async () => {
    vi.stubGlobal('navigator', {});
    expect(await createLeases(async () => {}, { channel: null }).claim('two:1', false)).toBe(
      'unguarded',
    );
    vi.unstubAllGlobals();
  });

  it('where they are forbidden', async () => {
    const deny = () => Promise.reject(new DOMException('opaque origin', 'SecurityError'));
    expect(await claimWith({ request: deny })).toBe('unguarded');
  });

  it('where they do not answer; one that is had after all is let go', async () => {
    let grant = (_: Lock) => undefined as unknown;
    const silent = (...asked: unknown[]) => {
      grant = asked.at(-1) as typeof grant;
      return new Promise<never>(() => {});
    };
    expect(await claimWith({ request: silent })).toBe('unguarded');
    await grant({ name: 'late', mode: 'exclusive' });
  });
});
