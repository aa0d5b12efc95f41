/** A tiny computation with a known answer: the first thing that every backend has to do. */
import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import { conv2d } from './ops/conv2d.ts';

/**
 * conv of x = [[1,2],[3,4]] with the 3×3 filter 1…9, zero padding: y = Σ x w over the overlap,
 * e.g. y[0,0] = 1·5 + 2·6 + 3·8 + 4·9 = 77; plus a bias-free residual x.
 */
const EXPECTED = [77 + 1, 67 + 2, 47 + 3, 37 + 4];

/** @throws Error when the backend answers wrongly. */
export async function probeBackend(): Promise<void> {
  const y = tidy(() => {
    const x = tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const w = tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3, 1, 1]);
    return conv2d(x, w, null, { residual: x });
  });
  try {
    const values = [...(await y.data())];
    if (!values.every((value, i) => Math.abs(value - EXPECTED[i]) < 1e-2))
      throw new Error(
        `a test computation gave ${values.map((v) => +v.toPrecision(4))} instead of ${EXPECTED}`,
      );
  } finally {
    y.dispose();
  }
}
