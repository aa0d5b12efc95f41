/**
 * The generator on the GPU against floor 0: words, times and labels bit for bit, normals to 2e-6 (f32; the largest of
 * them are near 8), and a run on batches made there against the same run on batches made here.
 */
import { backend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/lib/data/index.ts';
import { bars } from '../../src/lib/data/toy2x2.ts';
import { partsOf } from '../../src/lib/math/mistakes/bugs.ts';
import { createRng, philox4x32, restoreRng } from '../../src/lib/math/numerics/rng.ts';
import { objectiveOf } from '../../src/lib/math/objectives/record.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { timeFeatures } from '../../src/lib/math/process/timeFeatures.ts';
import { type BatchOptions, createBatches } from '../../src/lib/tensor/batch.ts';
import { deviceBatches, packBytes } from '../../src/lib/tensor/kernels/webgpu/deviceBatches.ts';
import { readable, readFloats } from '../../src/lib/tensor/kernels/webgpu/deviceWeights.ts';
import { PHILOX } from '../../src/lib/tensor/kernels/webgpu/philox.ts';
import { type Call, encode, recorderOf } from '../../src/lib/tensor/kernels/webgpu/shader.ts';
import { createStepper } from '../../src/lib/tensor/kernels/webgpu/stepper.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import type { TrainOptions } from '../../src/lib/tensor/recipes/diffusion/options.ts';
import {
  createSession,
  disposeSession,
  trainStep,
} from '../../src/lib/tensor/recipes/diffusion/train.ts';
import { useBackend } from './support/backends.ts';
import { TINY } from './support/tinyNet.ts';

let device: GPUDevice;
const errors: string[] = [];

beforeAll(async () => {
  await useBackend('webgpu', 'ours');
  device = (backend() as unknown as { device: GPUDevice }).device;
  device.addEventListener('uncapturederror', ({ error }) => void errors.push(error.message));
});
afterAll(() => {
  expect(errors).toEqual([]);
  setKernels('ours');
});

function buffer(size: number): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  return device.createBuffer({ size: Math.ceil(size / 16) * 16, usage });
}

/** Runs calls, then reads a buffer. */
async function after(calls: Call[], source: GPUBuffer): Promise<Float32Array<ArrayBuffer>> {
  const read = readable(device, source.size);
  const encoder = device.createCommandEncoder();
  encode(
    encoder,
    calls.map((call) => recorderOf(device).record(call)),
  );
  encoder.copyBufferToBuffer(source, 0, read, 0, source.size);
  device.queue.submit([encoder.finish()]);
  return readFloats(read);
}

/** For each row of four words: what `body` puts into `out`, four words a row. */
async function words(rows: number[][], key: string, body: string) {
  const given = buffer(16 * rows.length);
  const out = buffer(16 * rows.length);
  device.queue.writeBuffer(given, 0, Uint32Array.from(rows.flat()));
  const source = {
    key,
    uniforms: ['count'],
    buffers: [
      { name: 'given', type: 'u32' as const },
      { name: 'out', type: 'u32' as const, write: true },
    ],
    workgroup: 32,
    declarations: PHILOX,
    body: `
  if (id >= p.count) { return; }
  let row = vec4u(given[4 * id], given[4 * id + 1], given[4 * id + 2], given[4 * id + 3]);
  var answer = vec4u();
  ${body}
  for (var n = 0; n < 4; n++) { out[4 * id + n] = answer[n]; }`,
  };
  const bindings = [{ buffer: given }, { buffer: out }];
  const groups = Math.ceil(rows.length / 32);
  const call = { source, uniforms: { count: rows.length }, bindings, groups };
  return (await after([call], out)).buffer;
}

const rowsOf = (values: ArrayLike<number>) =>
  Array.from({ length: values.length / 4 }, (_, i) =>
    Array.from({ length: 4 }, (_, n) => values[4 * i + n]),
  );

describe('the generator on the GPU', () => {
  const random = createRng(11);
  const word = () => random.int(2 ** 32);
  /** Edges of the 16-bit halves, where carries go astray. */
  const edges = [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffff0000, 0xfffeffff, 0xffffffff];
  const counters = [
    ...edges.flatMap((a) => edges.map((b) => [a, b, b, a])),
    ...Array.from({ length: 200 }, () => [word(), word(), word(), word()]),
  ];

  it.each([
    [0, 0],
    [0xffffffff, 0xffffffff],
    [0x243f6a88, 0x85a308d3],
  ])('gives the words of floor 0 under the key %i, %i', async (k0, k1) => {
    const found = new Uint32Array(
      await words(counters, `words ${k0}`, `answer = philox(row, vec2u(${k0}u, ${k1}u));`),
    );
    const expected = counters.map(([a, b, c, d]) => philox4x32([a, b, c, d], [k0, k1]));
    expect(rowsOf(found).slice(0, counters.length)).toEqual(expected);
  });

  it('gives the uniforms of floor 0, all 53 bits, and ⌊n u⌋', async () => {
    const { key } = createRng(7).fork('steps').fork(3).state();
    const rows = Array.from({ length: 300 }, (_, i) => [
      i < 200 ? 2 * i : 2 * random.int(2 ** 30),
      i % 3 === 0 ? 1000 : 1 + random.int(70_000),
      ...key,
    ]);
    const found = new Uint32Array(
      await words(
        rows,
        'uniforms',
        'let bits = uniformBits(row.x, row.zw); answer = vec4u(bits, scaledFloor(row.y, bits), select(0u, 1u, below(bits, vec2u(bits.x, bits.y + 1u)) && !below(bits, bits)));',
      ),
    );
    rows.forEach(([position, n], i) => {
      const u = restoreRng({ key, position, spare: null }).uniform();
      const bits = [Math.floor(u * 2 ** 27), (u * 2 ** 53) % 2 ** 26];
      expect([...found.subarray(4 * i, 4 * i + 4)]).toEqual([...bits, Math.floor(n * u), 1]);
    });
  });

  it('gives its normals to 2e-6, however large or small', async () => {
    const { key } = createRng(5).state();
    const rows = Array.from({ length: 4000 }, (_, i) => [4 * i + 2 * (i % 2), 0, ...key]);
    const drawn = 'vec4u(bitcast<vec2u>(normalPair(first, second)), 0u, 0u)';
    const found = new Float32Array(
      await words(
        rows,
        'normals',
        `let first = uniformBits(row.x, row.zw); let second = uniformBits(row.x + 2u, row.zw); answer = ${drawn};`,
      ),
    );
    const worst = rows.reduce((most, [position], i) => {
      const rng = restoreRng({ key, position, spare: null });
      return Math.max(
        most,
        Math.abs(found[4 * i] - rng.normal()),
        Math.abs(found[4 * i + 1] - rng.normal()),
      );
    }, 0);
    expect(worst).toBeLessThan(2e-6);

    // u₁ next to 0 and next to 1; u₂ on and beside the quarters of a turn.
    const firsts = [
      [0, 0],
      [0, 1],
      [0x3ffffff, 0x3ffffff],
      [0x4000000, 0],
      [0x7ffffff, 0x3ffffff],
    ];
    const seconds = [
      [0, 0],
      [0xffffff, 5],
      [0x1000000, 0],
      [0x2000000, 1],
      [0x5ffffff, 9],
      [0x7ffffff, 0x3ffffff],
    ];
    const pairs = firsts.flatMap((a) => seconds.map((b) => [...a, ...b]));
    const extremes = new Float32Array(
      await words(pairs, 'extremes', `let first = row.xy; let second = row.zw; answer = ${drawn};`),
    );
    pairs.forEach(([a, b, c, d], i) => {
      const u1 = (a * 2 ** 26 + b) * 2 ** -53;
      const u2 = (c * 2 ** 26 + d) * 2 ** -53;
      const radius = Math.sqrt(-2 * Math.log1p(-u1));
      const [x, y] = [Math.cos(2 * Math.PI * u2), Math.sin(2 * Math.PI * u2)];
      expect(Math.abs(extremes[4 * i] - radius * x)).toBeLessThan(2e-6);
      expect(Math.abs(extremes[4 * i + 1] - radius * y)).toBeLessThan(2e-6);
    });
  });
});

/** Random images of any shape, as bytes or as floats. */
function someData(side: number, channels: number, bytes: boolean, labelled = true): Dataset {
  const rng = createRng(2);
  const count = 5;
  const images = Float32Array.from({ length: count * side * side * channels }, () =>
    bytes ? rng.int(256) / 127.5 - 1 : 2 * rng.uniform() - 1,
  );
  const labels = labelled ? Uint8Array.from({ length: count }, (_, i) => i % 3) : null;
  return {
    ...bars(),
    ...{ images, labels, count, height: side, width: side, channels, classes: labelled ? 3 : 0 },
  };
}

const schedule = makeSchedule('cosine', 50);
const objective = (prediction: 'epsilon' | 'x0' | 'v') =>
  objectiveOf('simple', { schedule, prediction });
const wrong = { ...objective('v'), forward: partsOf('wrongAlphaBar').forward(schedule) };
const optionsFor = (dataset: Dataset, more: Partial<BatchOptions> = {}): BatchOptions => ({
  ...{ images: dataset.images, dataset, objective: objective('v'), batchSize: 3, seed: 4 },
  ...{ classes: 3, labelDropout: 0.3 },
  ...more,
});

describe('a batch made on the GPU', () => {
  it.each<[string, BatchOptions]>([
    ['one odd image', optionsFor(someData(7, 1, true), { batchSize: 1, classes: 0 })],
    ['odd images with classes', optionsFor(someData(7, 1, true), { batchSize: 16 })],
    [
      'floats, three channels',
      optionsFor(someData(3, 3, false), { objective: objective('epsilon') }),
    ],
    ['classes, but data without labels', optionsFor(someData(4, 1, true, false))],
    ['the wrong noise of the bug lab', optionsFor(someData(4, 1, false), { objective: wrong })],
    [
      'no label dropped, x₀',
      optionsFor(someData(1, 1, false), { labelDropout: 0, objective: objective('x0') }),
    ],
  ])('is the batch of floor 0: %s', async (_name, options) => {
    const { dataset, batchSize, classes } = options;
    const width = 8;
    const size = dataset.height * dataset.width * dataset.channels;
    const image = 64 * Math.ceil((batchSize * size) / 64);
    const [features, weights, labels] = [2 * image, 2 * image + 512, 2 * image + 1024];
    const at = { x: 0, target: image, features, weights, labels, times: 1 + batchSize };
    const inputs = buffer(4 * (labels + 512));
    const result = buffer(4 * (1 + 2 * batchSize));
    const made = deviceBatches(device, options, {
      ...{ width, at, inputs: { buffer: inputs }, result: { buffer: result } },
    })!;
    const host = createBatches(options);
    const weightOf = Float64Array.from({ length: schedule.T + 1 }, (_, t) => 1 + t / 7);
    for (const step of [1, 2, 7]) {
      made.choose(step, weightOf);
      const found = await after(made.calls, inputs);
      const times = await after([], result);
      const batch = host.at(step);
      expect([...times.subarray(at.times, at.times + batchSize)]).toEqual(Array.from(batch.t));
      expect([...found.subarray(labels, labels + batchSize)]).toEqual([
        ...(batch.labels ?? new Int32Array(batchSize).fill(classes)),
      ]);
      expect([...found.subarray(weights, weights + batchSize)]).toEqual([
        ...Float32Array.from(batch.t, (t) => weightOf[t]),
      ]);
      expect(found.slice(features, features + batchSize * width)).toEqual(
        timeFeatures(batch.t, schedule.T, width),
      );
      batch.xt.forEach((x, k) => {
        expect(Math.abs(found[k] - x)).toBeLessThan(4e-6);
        expect(Math.abs(found[image + k] - batch.target[k])).toBeLessThan(4e-6);
      });
    }
    made.dispose();
  });

  it('keeps bytes as bytes, and other numbers whole', () => {
    const { images } = someData(3, 1, true);
    const packed = packBytes(images)!;
    const bytes = new Uint8Array(packed.words.buffer);
    expect(Float32Array.from(images, (_, i) => packed.palette[bytes[i]])).toEqual(images);
    expect(packBytes(Float32Array.of(-1, 0.3))).toBeNull();
    expect(packBytes(Float32Array.of(Number.NaN))).toBeNull();
  });
});

it('a run on such batches is the run on the batches of the host', async () => {
  const dataset = someData(8, 1, true);
  const options: TrainOptions = {
    model: { ...TINY, imageSize: 8, classes: 3 },
    diffusion: { schedule: 'cosine', T: 100, prediction: 'v' },
    ...{ learningRate: 2e-3, warmup: 2, batchSize: 4, emaDecay: 0.99, seed: 9, steps: 5 },
    weighting: 'minSnr',
  };
  const follow = async (onDevice: boolean) => {
    const session = createSession(options, dataset, undefined, null, (network, start, batch) => {
      const stepper = createStepper(network, start, batch);
      return stepper && (onDevice ? stepper : { ...stepper, drawing: undefined });
    });
    expect(session.drawing !== null).toBe(onDevice);
    const steps = [];
    for (let i = 0; i < 5; i++) steps.push(await trainStep(session));
    disposeSession(session);
    return steps;
  };
  const [here, there] = [await follow(false), await follow(true)];
  there.forEach((step, i) => {
    expect(Array.from(step.t)).toEqual(Array.from(here[i].t));
    expect(step.learningRate).toBe(here[i].learningRate);
    expect(Math.abs(step.loss / here[i].loss - 1)).toBeLessThan(1e-4);
    expect(Math.abs(step.gradNorm / here[i].gradNorm - 1)).toBeLessThan(1e-4);
  });
});
