/** One prediction, for timing. */
import { tidy } from '@tensorflow/tfjs-core';
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
