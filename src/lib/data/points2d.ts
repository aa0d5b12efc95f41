/** Two moons in the plane: data whose density, samples and denoiser can all be drawn. Coordinates stay near [-1, 1]. */
import { createRng } from '../math/numerics/rng.ts';
import type { Dataset } from './dataset.ts';

export interface PointsOptions {
  count?: number;
  seed?: number;
  /** Standard deviation of the Gaussian blur added to each coordinate. */
  noise?: number;
}

/** `count` independent points, images of 1 × 1 with two channels (x, y); labels name the moon. */
export function points2d({ count = 4096, seed = 0, noise = 0.04 }: PointsOptions = {}): Dataset {
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
  const size = { count, height: 1, width: 1, channels: 2 };
  return { name: 'points', images, labels, ...size, classes: 2 };
}
