/** Points in the plane: data whose density, samples and denoiser can all be drawn. Coordinates stay near [-1, 1]. */
import { createRng, type Rng } from '../math/rng.ts';
import type { Dataset } from './dataset.ts';

export const POINT_SHAPES = ['moons', 'swirl', 'checkerboard', 'gaussians', 'ring'] as const;
export type PointShape = (typeof POINT_SHAPES)[number];

export interface PointsOptions {
  shape?: PointShape;
  count?: number;
  seed?: number;
  /** Standard deviation of the Gaussian blur added to each coordinate (for `gaussians`: of each component). */
  noise?: number;
  /** Turns of the swirl, cells per side of the checkerboard, components of the mixture. */
  parts?: number;
}

interface Recipe {
  noise: number;
  parts: number;
  /** Number of labels for a given `parts`. */
  classes: (parts: number) => number;
  /** One noiseless point [x, y, label]. */
  draw: (rng: Rng, parts: number) => [number, number, number];
}

/** Centres of the `gaussians` mixture: `components` points on a circle; equal weights. For the exact denoiser. */
export function mixtureMeans(components: number, radius = 0.8): [number, number][] {
  return Array.from({ length: components }, (_, k) => {
    const angle = (2 * Math.PI * k) / components;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

const RECIPES: Record<PointShape, Recipe> = {
  moons: {
    noise: 0.04,
    parts: 2,
    classes: () => 2,
    draw: (rng) => {
      const label = rng.int(2);
      const angle = Math.PI * rng.uniform();
      const side = label === 0 ? 1 : -1; // upper arc open below, lower arc open above
      return [
        side * (0.58 * Math.cos(angle) - 0.29),
        side * (0.58 * Math.sin(angle) - 0.15),
        label,
      ];
    },
  },
  swirl: {
    noise: 0.02,
    parts: 1.5,
    classes: () => 1,
    draw: (rng, turns) => {
      const u = Math.sqrt(rng.uniform()); // density even along the arc, not along the angle
      const angle = 2 * Math.PI * turns * u;
      return [0.95 * u * Math.cos(angle), 0.95 * u * Math.sin(angle), 0];
    },
  },
  checkerboard: {
    noise: 0,
    parts: 4,
    classes: () => 1,
    draw: (rng, cells) => {
      // Every second cell in reading order; where rows have an even length, odd rows move by one to keep the pattern.
      const cell = 2 * rng.int(Math.ceil(cells ** 2 / 2));
      const row = Math.floor(cell / cells);
      const column = (cell % cells) + (cells % 2 === 0 ? row % 2 : 0);
      const place = (at: number) => (2 * (at + rng.uniform())) / cells - 1;
      return [place(column), place(row), 0];
    },
  },
  gaussians: {
    noise: 0.07,
    parts: 8,
    classes: (components) => components,
    draw: (rng, components) => {
      const label = rng.int(components);
      const [x, y] = mixtureMeans(components)[label];
      return [x, y, label];
    },
  },
  ring: {
    noise: 0.03,
    parts: 1,
    classes: () => 1,
    draw: (rng) => {
      const angle = 2 * Math.PI * rng.uniform();
      return [0.8 * Math.cos(angle), 0.8 * Math.sin(angle), 0];
    },
  },
};

/** Default blur and parts of a shape. */
export function pointDefaults(shape: PointShape): { noise: number; parts: number } {
  const { noise, parts } = RECIPES[shape];
  return { noise, parts };
}

/** `count` independent points, images of 1 × 1 with two channels (x, y); labels name the arm, moon or component. */
export function points2d(options: PointsOptions = {}): Dataset {
  const { shape = 'moons', count = 4096, seed = 0 } = options;
  const recipe = RECIPES[shape];
  const noise = options.noise ?? recipe.noise;
  const parts = options.parts ?? recipe.parts;
  const rng = createRng(seed).fork(`points ${shape}`);
  const images = new Float32Array(2 * count);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const [x, y, label] = recipe.draw(rng, parts);
    images[2 * i] = x + noise * rng.normal();
    images[2 * i + 1] = y + noise * rng.normal();
    labels[i] = label;
  }
  const classes = recipe.classes(parts);
  return {
    name: 'points',
    images,
    labels: classes > 1 ? labels : null,
    count,
    height: 1,
    width: 1,
    channels: 2,
    classes: classes > 1 ? classes : 0,
  };
}
