/** Helper threads of a plan, as worker threads of Node: same numbers whoever does the work, and asleep between steps. */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { UNetConfig } from '../../src/lib/checkpoint/config.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { createPlan, type HelperStart } from '../../src/lib/tensor/kernels/wasm/plan.ts';
import { deal } from '../../src/lib/tensor/kernels/wasm/planMemory.ts';
import { unet } from '../../src/lib/tensor/networks/unet.ts';

const CONFIG: UNetConfig = {
  kind: 'unet',
  imageSize: 16,
  channels: 1,
  base: 8,
  multipliers: [1, 2],
  groups: 8,
  classes: 3,
};
/** More than the accumulators have room for at once: items follow one another on the same one. */
const BATCH = 37;

const HELPER = `
const { parentPort, workerData: s } = require('node:worker_threads');
const { exports } = new WebAssembly.Instance(s.module, { env: { memory: s.memory } });
exports.__stack_pointer.value = s.stackTop;
parentPort.postMessage('ready');
exports.serve(s.plan, s.thread);
`;

function open(threads: number, awake = true) {
  const shared = threads > 1 ? '-shared' : '';
  const file = `src/lib/tensor/kernels/wasm/fn-simd${shared}.wasm`;
  const module = new WebAssembly.Module(readFileSync(file));
  const ready: Promise<unknown>[] = [];
  const startHelper = (start: HelperStart) => {
    // A helper that never comes: its plan has to do without.
    if (!awake) return { terminate() {} };
    const worker = new Worker(HELPER, { eval: true, workerData: start });
    ready.push(new Promise((resolve) => worker.once('message', resolve)));
    return worker;
  };
  const plan = createPlan(unet(CONFIG), {
    batch: BATCH,
    threads,
    module,
    mayBlock: true,
    ...(threads > 1 && { startHelper }),
  });
  const rng = createRng(6);
  const random = (count: number) => rng.fillNormal(new Float32Array(count));
  plan.state.params.set(random(plan.state.params.length).map((v) => 0.2 * v));
  const inputs = {
    values: { x: random(BATCH * 256), features: random(BATCH * 32) },
    target: random(BATCH * 256),
    labels: Int32Array.from({ length: BATCH }, (_, i) => i % 4),
    weights: new Float32Array(BATCH).fill(1),
  };
  const step = (n: number, meanwhile?: () => void) =>
    plan.trainStep(inputs, { step: n, learningRate: 1e-3, emaDecay: 0.99, clipNorm: 1 }, meanwhile);
  return { plan, step, ready: () => Promise.all(ready), inputs };
}

describe('dealing images out', () => {
  it.each([
    [16, 8, 2],
    [37, 8, 2],
    [64, 8, 2],
    [10, 4, 3],
    [3, 3, 1],
    [1, 1, 1],
  ])(
    '%i images, %i accumulators, groups of %i: each once, in order, after the one before it',
    (...shape) => {
      const [batch, shards, group] = shape;
      const items = deal(batch, shards, group);
      const images = items.flatMap(({ first, images: n }) =>
        Array.from({ length: n }, (_, i) => first + i),
      );
      expect(images.sort((a, b) => a - b)).toEqual(Array.from({ length: batch }, (_, i) => i));
      items.forEach(({ shard, first, images: n, after }, index) => {
        expect(n).toBeGreaterThan(0);
        // Half of what the accumulator still has, in whole groups.
        const left = items.filter((item) => item.shard === shard && item.first >= first);
        const sum = left.reduce((total, item) => total + item.images, 0);
        expect(n).toBeLessThanOrEqual(group * Math.ceil(sum / 2 / group));
        expect(after).toBeLessThan(index);
        const before = items[after];
        if (before) expect([before.shard, before.first + before.images]).toEqual([shard, first]);
        else expect(items.findIndex((item) => item.shard === shard)).toBe(index);
      });
    },
  );
});

describe('helper threads', () => {
  it('change no bit of the result, however many they are, and even if they never wake up', async () => {
    const alone = open(1);
    const expected = [1, 2, 3, 4, 5].map((n) => alone.step(n));
    for (const [threads, awake] of [
      [2, true],
      [4, true],
      [3, false],
    ] as const) {
      const many = open(threads, awake);
      await many.ready();
      expect([1, 2, 3, 4, 5].map((n) => many.step(n))).toEqual(expected);
      expect(many.plan.state.params).toEqual(alone.plan.state.params);
      expect(many.plan.state.ema).toEqual(alone.plan.state.ema);
      many.plan.dispose();
    }
  });

  it('let the caller work meanwhile', async () => {
    const { plan, step, ready } = open(2);
    await ready();
    let calls = 0;
    const { loss } = step(1, () => {
      calls++;
    });
    expect(calls).toBe(1);
    expect(loss).toBe(open(1).step(1).loss);
    plan.dispose();
  });

  it('sleep between steps', async () => {
    const { plan, step, ready } = open(3);
    await ready();
    for (let n = 1; n <= 5; n++) step(n);
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { user, system } = process.cpuUsage(before);
    plan.dispose();
    // Two spinning threads would take about a second.
    expect((user + system) / 1000).toBeLessThan(250);
  });

  it('take labels of the model only', () => {
    const { plan, inputs } = open(1);
    const wrong = { ...inputs, labels: new Int32Array(BATCH).fill(4) };
    expect(() => plan.forward(wrong, 'raw')).toThrow(/label 4/);
    expect(() => plan.forward({ ...inputs, labels: [Number.NaN] }, 'raw')).toThrow(/label NaN/);
  });
});
