/**
 * Points in the plane: data whose density, samples and denoiser can all be drawn. Two moons near [-1, 1], or the reader's own bells.
 */
import { createRng } from '../math/numerics/rng.ts';
import type { Dataset } from './dataset.ts';
import { shapeDraws } from './planeShapes.ts';

export interface PointsOptions {
  count?: number;
  seed?: number;
  /** Standard deviation of the Gaussian blur added to each coordinate. */
  noise?: number;
  /** Centres of two numbers each, with the bells of planeShapes.ts about them, in place of the moons. */
  centres?: readonly (readonly number[])[];
}

/** `count` independent points, images of 1 × 1 with two channels (x, y); labels name the moon. */
export function points2d(options: PointsOptions = {}): Dataset {
  const { count = 4096, seed = 0, noise = 0.04, centres } = options;
  const size = { count, height: 1, width: 1, channels: 2 };
  if (centres) {
    const shape = {
      centres: Float64Array.from(centres.flat()),
      parts: new Uint8Array(centres.length),
    };
    const images = Float32Array.from(shapeDraws(shape, count, seed).points);
    return { name: 'points', images, labels: null, ...size, classes: 0 };
  }
  // The name of the stream is part of the data: another one draws other points.
  const rng = createRng(seed).fork('points moons');
  const images = new Float32Array(2 * count);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const label = rng.int(2);
    const angle = Math.PI * rng.uniform();
    const side = label === 0 ? 1 : -1; // upper arc open below, lower arc open above
    const [x, y] = [0.58 * Math.cos(angle) - 0.29, 0.58 * Math.sin(angle) - 0.15];
    images[2 * i] = side * x + noise * rng.normal();
    images[2 * i + 1] = side * y + noise * rng.normal();
    labels[i] = label;
  }
  return { name: 'points', images, labels, ...size, classes: 2 };
}
