/**
 * The paths by name, each with the numbers of its paper's code; other numbers go into its function.
 *
 * A new path needs one file beside this one and one entry here. The file returns a `Path` (path.ts): signal, noise and
 * their derivatives at a time, the range of times, where and from how wide a Gaussian sampling starts, the time of a given
 * noise/signal, and a name. Targets (parameterization.ts), exact denoisers (math/exact) and the equations in time
 * (equations.ts) ask for nothing else; tests/math/paths.test.ts holds every entry to the laws of a path.
 */
import { edm } from './edm.ts';
import type { Path } from './path.ts';
import { straight } from './straight.ts';
import { subVp } from './subVp.ts';
import { trigonometric } from './trigonometric.ts';
import { varianceExploding } from './varianceExploding.ts';
import { variancePreserving } from './variancePreserving.ts';

export const PATHS = {
  variancePreserving: variancePreserving(),
  varianceExploding: varianceExploding(),
  subVp: subVp(),
  straight: straight(),
  edm: edm(),
  trigonometric: trigonometric(),
} as const satisfies Record<string, Path>;

export type PathName = keyof typeof PATHS;
