/** The real worker, driven as pages drive it: start, pause, resume, step, reload, save, load, sample. */
import { afterEach, describe, expect, it } from 'vitest';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import type { RunConfig } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { createTrainer } from '../../src/lib/worker/client.ts';
import { createOwner } from '../../src/lib/worker/owner.ts';
import type { WorkerEvent } from '../../src/lib/worker/protocol.ts';
import { type Watched, watched } from './support/inPage.ts';

const open: Watched[] = [];

function trainer(): Watched {
  const own = watched(createTrainer());
  open.push(own);
  return own;
}

const config = (changes: Partial<RunConfig> = {}): RunConfig => ({
  ...defaultRun('all16'),
  backend: 'wasm',
  ...changes,
});

const lossesOf = (events: WorkerEvent[]) =>
  new Map(
    events
      .filter((event) => event.type === 'losses')
      .flatMap(({ steps, losses }) => [...steps].map((step, i) => [step, losses[i]] as const)),
  );

afterEach(() => {
  for (const own of open.splice(0)) own.trainer.dispose();
});

describe('the training worker', () => {
  it('trains, pauses, resumes, reports every loss, and answers while it works', async () => {
    const run = trainer();
    // Stock ops: every step makes and frees hundreds of tensors.
    const info = await run.trainer.start(config({ kernels: 'stock' }));
    expect(info.backend.name).toBe('wasm');
    await run.next('step', ({ step }) => step >= 20);
    // Answered between two steps, not after the run, which has no end of its own here.
    await run.trainer.memory();
    const answered = Math.max(...lossesOf(run.events).keys());
    await run.next('step', (event) => event.step > answered);
    const { step } = await run.trainer.pause();
    const losses = lossesOf(run.events);
    expect([...losses.keys()]).toEqual(Array.from({ length: step }, (_, i) => i + 1));
    // A step under way would be reported before these answers.
    for (let n = 0; n < 3; n++) await run.trainer.memory();
    expect(Math.max(...lossesOf(run.events).keys())).toBe(step);
    await run.trainer.resume();
    await run.next('step', (event) => event.step > step + 5);
    const { numTensors } = await run.trainer.memory();
    await run.next('step', (event) => event.step > step + 55);
    await run.trainer.pause();
    expect(Math.abs((await run.trainer.memory()).numTensors - numTensors)).toBeLessThanOrEqual(2);
  });

  it('continues bit for bit after a reload', async () => {
    const wanted = config({ seed: 77 });
    const first = trainer();
    await first.trainer.forgetRun(wanted);
    await first.trainer.start(wanted);
    await first.next('step', ({ step }) => step >= 20);
    const { step } = await first.trainer.pause();
    first.trainer.dispose();

    const second = trainer();
    expect(await second.trainer.savedRun(wanted)).toMatchObject({ step });
    await second.trainer.start(wanted, { restore: true });
    expect((await second.next('restored')).step).toBe(step);
    await second.next('step', (event) => event.step >= step + 40);
    let { step: continuedTo } = await second.trainer.pause();
    const continued = lossesOf(second.events);
    let bytes = await second.trainer.save();
    second.trainer.dispose();

    // The same run in one piece. A pause comes when it comes: whichever is behind catches up step by step.
    const whole = trainer();
    await whole.trainer.forgetRun(wanted, { take: true });
    await whole.trainer.start(wanted);
    await whole.next('step', (event) => event.step >= step + 40);
    let { step: wholeTo } = await whole.trainer.pause();
    while (wholeTo < continuedTo) wholeTo = (await whole.trainer.step()).step;
    const end = await whole.trainer.save();
    const reference = lossesOf(whole.events);
    await whole.trainer.forgetRun(wanted);
    whole.trainer.dispose();
    expect(Math.max(...continued.keys())).toBe(continuedTo);
    for (const [at, loss] of continued) expect(loss, `step ${at}`).toBe(reference.get(at));
    if (continuedTo < wholeTo) {
      const third = trainer();
      await third.trainer.load(bytes);
      while (continuedTo < wholeTo) continuedTo = (await third.trainer.step()).step;
      bytes = await third.trainer.save();
    }
    expect(weightsOf(bytes)).toEqual(weightsOf(end));
  });

  it('steps one at a time and goes back to the start', async () => {
    const run = trainer();
    await run.trainer.start(config({ seed: 5 }));
    const { step } = await run.trainer.pause();
    const one = await run.trainer.step();
    expect(one.step).toBe(step + 1);
    await run.trainer.reset();
    const again = await run.trainer.step();
    expect(again.step).toBe(1);
    expect(Math.fround(again.loss)).toBe(lossesOf(run.events).get(1));
  });

  it('samples along a trajectory, and stops when asked', async () => {
    const run = trainer();
    await run.trainer.start(config({ steps: 5 }));
    await run.next('paused');
    const request = {
      count: 3,
      steps: 10,
      sampler: 'ddpm',
      variance: 'beta',
      eta: 0,
      seed: 1,
      clip: true,
      weights: 'ema',
      trajectory: true,
    } as const;
    const indices: number[] = [];
    const result = await run.trainer.sample(request, ({ index }) => indices.push(index));
    expect(indices).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(result.images.length).toBe(3 * 4);
    expect(result.images.every(Number.isFinite)).toBe(true);
    const stop = new AbortController();
    // Asked at once, the worker hears of it between its first steps, however slow this page is.
    const early: number[] = [];
    const stopped = run.trainer.sample(request, ({ index }) => early.push(index), {
      signal: stop.signal,
    });
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(early.length).toBeLessThan(request.steps);
  });

  it('takes up a saved file, and exports weights that load again', async () => {
    const run = trainer();
    await run.trainer.start(config({ steps: 12, seed: 9 }));
    await run.next('paused', ({ reason }) => reason === 'finished');
    const bytes = await run.trainer.save();
    const small = await run.trainer.export({ command: 'lab' });
    expect(small.length).toBeLessThan(bytes.length / 4);
    // As in another tab: a trainer of the same page would let this one's worker rest.
    const other = watched(createTrainer({ owner: createOwner() }));
    open.push(other);
    await expect(other.trainer.load(bytes)).rejects.toMatchObject({ code: 'ownedElsewhere' });
    // Who has a run can only be told where the browser's locks answered.
    for (const { events } of [run, other])
      expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
    expect((await other.trainer.load(bytes, { take: true })).step).toBe(12);
    await run.next('yielded', ({ step }) => step === 12);
    expect(weightsOf(await other.trainer.save())).toEqual(weightsOf(bytes));
    expect((await other.trainer.load(small)).record).toMatchObject({ command: 'lab', steps: 12 });
  });
});

/** The bytes after the header: weights and moments, without the date. */
function weightsOf(bytes: Uint8Array): Uint8Array {
  const header = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  return bytes.slice(8 + header);
}
