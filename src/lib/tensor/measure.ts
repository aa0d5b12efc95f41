/** Single pieces of a run, for timing: each ends when its numbers have been read back. */
import { memory, tidy } from '@tensorflow/tfjs-core';
import { sample } from './sample.ts';
import { imageTensor, type Session } from './train.ts';

/** The network of a session in its fastest form, with its present weights. */
function liveNetwork(session: Session) {
  const quick = session.stepper.quick?.('raw');
  return quick
    ? { network: quick, params: {} }
    : { network: session.network, params: session.stepper.store.params() };
}

/** One prediction for a whole batch; x is flat, t has one time for each image. */
export async function forwardOnce(
  session: Session,
  x: Float32Array,
  t: ArrayLike<number>,
): Promise<Float32Array> {
  const { network, params } = liveNetwork(session);
  const T = session.schedule.T;
  const output = tidy(() => network.forward(params, imageTensor(network, x), { t, T }));
  try {
    return Float32Array.from(await output.data());
  } finally {
    output.dispose();
  }
}

/** Draws `count` images by DDIM (η = 0) and reads them back. */
export async function sampleOnce(session: Session, count: number, steps: number): Promise<void> {
  const { network, params } = liveNetwork(session);
  const model = { network, params, diffusion: session.options.diffusion };
  const options = {
    count,
    steps,
    sampler: 'ddim',
    variance: 'betaTilde',
    eta: 0,
    seed: 1,
    clip: true,
  } as const;
  for (const { x, index, total } of sample(model, options)) if (index === total) await x.data();
}

/** Bytes of the tensors that the present backend holds (on a GPU: of its buffers or textures, pooled ones too). */
export function deviceBytes(): number {
  const { numBytes, numBytesInGPU } = memory() as { numBytes: number; numBytesInGPU?: number };
  return Math.max(numBytes, numBytesInGPU ?? 0);
}
