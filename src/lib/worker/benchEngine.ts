/** Our kernels and stock tfjs kernels as things to time: one fixed batch, the same loss and optimiser. */
import { createRng } from '../math/rng.ts';
import { startBackend } from '../tensor/backend.ts';
import { deviceBytes, forwardOnce, sampleOnce } from '../tensor/measure.ts';
import { countParameters } from '../tensor/params.ts';
import { createSession, openSession } from '../tensor/train.ts';
import { BENCH_MODEL, type BenchCell, type CellInfo } from './benchTypes.ts';

/** Something that can be timed. Every call ends when its result has been read back. */
export interface BenchEngine {
  info: Omit<CellInfo, 'firstStepMs' | 'loss'>;
  /** One training step; `issued` is called when the thread is free again. Gives the loss. */
  train(issued: () => void): Promise<number>;
  forward(issued: () => void): Promise<void>;
  /** 50 steps of DDIM for a whole batch. */
  sample?(): Promise<void>;
  bytes(): number;
}

/** x_0 does not matter for speed: Gaussian images, from a seed. */
function noiseImages(count: number): Float32Array<ArrayBuffer> {
  const images = new Float32Array(count * BENCH_MODEL.imageSize ** 2);
  createRng('bench').fillNormal(images);
  return images;
}

export async function openOwnEngine(cell: BenchCell): Promise<BenchEngine> {
  const kernels = cell.engine === 'ours' ? 'ours' : 'stock';
  const { info: backend, skipped } = await startBackend(cell.backend, kernels);
  if (backend.name !== cell.backend)
    throw new Error(skipped[0]?.message ?? `This browser does not offer ${cell.backend}.`);
  const diffusion = { schedule: 'cosine', T: 1000, prediction: 'v' } as const;
  const options = {
    model: BENCH_MODEL,
    diffusion,
    learningRate: 2e-3,
    warmup: 100,
    batchSize: cell.batch,
    emaDecay: 0.999,
    seed: 1,
    steps: 0,
  };
  const side = BENCH_MODEL.imageSize;
  const dataset = {
    name: 'digits' as const,
    images: noiseImages(cell.batch),
    labels: null,
    count: cell.batch,
    height: side,
    width: side,
    channels: 1,
    classes: 0,
  };
  const session =
    kernels === 'ours' ? await openSession(options, dataset) : createSession(options, dataset);
  const batch = session.batches.at(1);
  const weights = new Float32Array(cell.batch).fill(1);
  const T = session.schedule.T;
  return {
    info: {
      parameters: countParameters(session.network.specs),
      threads: session.stepper.threads ?? backend.threads,
      adapter: backend.adapter,
      software: backend.software,
      detail: backend.kernels,
    },
    async train(issued) {
      const step = ++session.step;
      const hyper = { step, learningRate: 2e-3, emaDecay: 0.999, clipNorm: 1 };
      const result = session.stepper.issue({ ...batch, time: batch.t, T }, weights, hyper);
      issued();
      const { errors } = await result;
      return errors.reduce((total, e) => total + e, 0) / errors.length;
    },
    async forward(issued) {
      const result = forwardOnce(session, batch.xt, batch.t);
      issued();
      await result;
    },
    sample: () => sampleOnce(session, cell.batch, 50),
    bytes: deviceBytes,
  };
}
