/** One trainer of a page trains at a time, few keep their workers, and none loses its run by it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunConfig } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { createTrainer, type Trainer } from '../../src/lib/worker/client.ts';
import { createHost } from '../../src/lib/worker/host.ts';
import { createOwner, MOST_WORKERS, type Owner, type Tenant } from '../../src/lib/worker/owner.ts';
import type { Request, WorkerEvent } from '../../src/lib/worker/protocol.ts';
import { small, stubPage } from './support/tab.ts';

describe('the owner of a page', () => {
  /** A tenant that notes what is asked of it. */
  const tenant = (name: string, log: string[], idle = () => true): Tenant => ({
    pause: async () => void log.push(`${name} pauses`),
    rest: async () => {
      if (idle()) log.push(`${name} rests`);
      return idle();
    },
  });

  it('makes the others stand before one trains', async () => {
    const log: string[] = [];
    const owner = createOwner(3);
    const [a, b] = ['a', 'b'].map((name) => tenant(name, log));
    await owner.claim(a);
    await owner.claim(b);
    await owner.claim(b);
    await owner.claim(a);
    expect(log).toEqual(['a pauses', 'a pauses', 'b pauses']);
  });

  it('ends the worker that was used longest ago, and none that works', async () => {
    const log: string[] = [];
    const owner = createOwner(2);
    let working = true;
    const a = tenant('a', log, () => !working);
    const [b, c, d] = ['b', 'c', 'd'].map((name) => tenant(name, log));
    for (const one of [a, b, c]) await owner.enter(one);
    expect(log).toEqual(['b rests']);
    working = false;
    await owner.enter(d);
    expect(log).toEqual(['b rests', 'a rests']);
    await owner.enter(c);
    owner.leave(d);
    await owner.enter(b);
    expect(log).toEqual(['b rests', 'a rests']);
  });

  it('waits for nobody for ever', async () => {
    vi.useFakeTimers();
    const owner = createOwner(2);
    await owner.claim({ pause: () => new Promise(() => {}), rest: async () => false });
    let turn = false;
    void owner.claim(tenant('b', [])).then(() => {
      turn = true;
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(turn).toBe(true);
    vi.useRealTimers();
  });
});

describe('trainers of one page', () => {
  let alive = 0;
  let most = 0;
  const open: Trainer[] = [];
  beforeEach(() => {
    stubPage();
    alive = 0;
    most = 0;
  });
  afterEach(async () => {
    for (const trainer of open.splice(0)) {
      await trainer.pause().catch(() => {});
      trainer.dispose();
    }
    vi.unstubAllGlobals();
  });

  /** The real worker's code in this process; `alive` counts the workers that there are. */
  function spawn(): Worker {
    const shim = { onmessage: null } as unknown as Worker;
    let dead = false;
    const host = createHost((message) => {
      const data = structuredClone(message);
      if (!dead) queueMicrotask(() => shim.onmessage?.({ data } as MessageEvent));
    });
    most = Math.max(most, ++alive);
    return Object.assign(shim, {
      postMessage: (request: Request) => void host(structuredClone(request)),
      terminate: () => {
        if (!dead) alive--;
        dead = true;
        host.close();
      },
    });
  }

  function trainerOf(owner: Owner) {
    const trainer = createTrainer({ spawn, owner, baseUrl: 'http://lab.invalid/' });
    const events: WorkerEvent[] = [];
    trainer.on((event) => events.push(event));
    open.push(trainer);
    return { trainer, events };
  }
  const has = (events: WorkerEvent[], reason: 'asked' | 'finished') => () =>
    expect(events.some((e) => e.type === 'paused' && e.reason === reason)).toBe(true);
  const patience = { timeout: 60_000 };
  const request = {
    count: 2,
    steps: 3,
    sampler: 'ddim',
    variance: 'betaTilde',
    eta: 0,
    seed: 3,
    clip: true,
    weights: 'ema',
  } as const;

  it('never train two at a time: who starts makes the other pause, and each can go on', async () => {
    const owner = createOwner();
    const [a, b] = [trainerOf(owner), trainerOf(owner)];
    const config: RunConfig = small({ seed: 31, steps: 0 });
    await a.trainer.start(config, { keep: false });
    await b.trainer.start({ ...config, seed: 32 }, { keep: false });
    has(a.events, 'asked')();
    expect(b.events.some(({ type }) => type === 'paused')).toBe(false);
    await a.trainer.resume();
    has(b.events, 'asked')();
    await a.trainer.pause();
  });

  it('have two workers at most, however many they are, and their runs stay', async () => {
    const owner = createOwner();
    const runs = [];
    for (let i = 0; i < 6; i++) {
      const own = trainerOf(owner);
      const config = small({ seed: 40 + i, steps: 3 });
      await own.trainer.start(config, { keep: i % 2 === 0 });
      await vi.waitFor(has(own.events, 'finished'), patience);
      const { images } = await own.trainer.sample(request);
      runs.push({ ...own, images });
    }
    expect(most).toBe(MOST_WORKERS);
    for (const { trainer, events, images } of runs) {
      const told = events.length;
      // Drawn again after its worker was ended: the same weights.
      expect((await trainer.sample(request)).images).toEqual(images);
      expect(events.slice(told).filter(({ type }) => type !== 'frame')).toEqual([]);
      await trainer.setHyper({ steps: 5 });
      expect(await trainer.step()).toMatchObject({ step: 4 });
    }
    expect(most).toBe(MOST_WORKERS);
  });

  it('are told where a question was stopped while it waited for its turn', async () => {
    const owner = createOwner();
    const { trainer } = trainerOf(owner);
    await trainer.start(small({ seed: 50, steps: 1 }), { keep: false });
    for (let i = 0; i < 2; i++)
      await trainerOf(owner).trainer.start(small({ seed: 51 + i, steps: 1 }), { keep: false });
    const stop = new AbortController();
    const drawing = trainer.sample({ ...request, steps: 50 }, undefined, { signal: stop.signal });
    stop.abort();
    await expect(drawing).rejects.toMatchObject({ code: 'cancelled' });
  });
});
