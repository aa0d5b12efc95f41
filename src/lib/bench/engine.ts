/** Our kernels and stock tfjs kernels as things to time: one fixed batch, the same loss and optimiser. */
import { startBackend } from '../tensor/backend.ts';
import { deviceBytes, measureSpeeds } from '../tensor/measure.ts';
import { freshState } from '../tensor/optimizer.ts';
import { forwardOnce } from '../tensor/recipes/diffusion/forwardOnce.ts';
import { createSession, openSession } from '../tensor/recipes/diffusion/train.ts';
import { trainingOf } from '../tensor/recipes/diffusion/training.ts';
import { drawFrames } from '../worker/drawing.ts';
import type { Post } from '../worker/liveRun.ts';
import { benchBatch, benchParameters } from './data.ts';
import {
  BENCH_MODEL,
  BENCH_PARAMETERS,
  type BenchCell,
  type CellInfo,
  DDIM_STEPS,
  type Speeds,
} from './types.ts';

/** Something that can be timed. Every call ends when its result has been read back. */
export interface BenchEngine {
  info: Omit<CellInfo, 'firstStepMs' | 'loss'>;
  /** One training step; `issued` is called when the thread is free again. Gives the loss. */
  train(issued: () => void): Promise<number>;
  forward(issued: () => void): Promise<void>;
  /** DDIM_STEPS steps of DDIM for a whole batch, each of them posted, as the lab's Sample button has it. */
  sample?(post: Post): Promise<void>;
  speeds?(): Promise<Speeds>;
  bytes(): number;
}

const SAMPLE = {
  steps: DDIM_STEPS,
  sampler: 'ddim',
  eta: 0,
  seed: 1,
  clip: true,
  weights: 'ema',
  trajectory: true,
} as const;

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
    images: new Float32Array(cell.batch * side * side),
    labels: null,
    count: cell.batch,
    height: side,
    width: side,
    channels: 1,
    classes: 0,
  };
  const start = freshState(benchParameters());
  const session =
    kernels === 'ours'
      ? await openSession(options, dataset, start)
      : createSession(options, dataset, start);
  const { draw } = trainingOf(session);
  const batch = benchBatch(cell.batch);
  const weights = new Float32Array(cell.batch).fill(1);
  const T = session.schedule.T;
  return {
    info: {
      parameters: BENCH_PARAMETERS,
      threads: session.stepper.threads ?? backend.threads,
      adapter: backend.adapter,
      software: backend.software,
      detail: backend.kernels,
    },
    async train(issued) {
      const step = ++session.step;
      const hyper = { step, learningRate: 2e-3, emaDecay: 0.999, clipNorm: 0 };
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
    async sample(post) {
      const request = { ...SAMPLE, count: cell.batch };
      await drawFrames(0, await draw(request), request, session.step, post);
    },
    speeds: measureSpeeds,
    bytes: deviceBytes,
  };
}
