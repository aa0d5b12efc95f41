/** The same noise through a network by several samplers, each with several budgets of evaluations. */
import {
  evaluationsOf,
  type SamplerChoice,
  stepsWithin,
} from '../../../../lib/math/samplers/record.ts';
import type { Sampler } from '../../../../lib/worker/sampler.ts';

export const CONTESTANTS = ['ddpm', 'ddim', 'dpmSolver', 'heun'] as const;
export type Contestant = (typeof CONTESTANTS)[number];
export const BUDGETS = [4, 8, 16, 50] as const;
export const DIGITS = 10;
/** Steps of Heun's method that stand for the end of the path. */
const FINE = 100;

export interface Drawing {
  sampler: Contestant | 'end';
  budget: number;
  evaluations: number;
  images: Float32Array;
  /** Root mean square distance per pixel from the end of the path; NaN of a sampler with fresh noise. */
  off: number;
}

const rms = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length);

/** Every drawing in turn, the end of the path first. `before` hears of each when it begins. */
export async function* drawAll(
  drawer: Sampler,
  seed: number,
  signal: AbortSignal,
  before: (sampler: Drawing['sampler'], budget: number) => void,
): AsyncGenerator<Drawing> {
  const draw = async (choice: SamplerChoice, steps: number) => {
    const { images } = await drawer.sample(
      {
        ...choice,
        count: DIGITS,
        steps,
        seed,
        clip: false,
        labels: Array.from({ length: DIGITS }, (_, i) => i),
        guidanceScale: 1,
        weights: 'ema',
        trajectory: false,
      },
      undefined,
      { signal },
    );
    return { images, evaluations: evaluationsOf(choice, steps) };
  };
  before('end', FINE);
  const end = await draw({ sampler: 'heun' }, FINE);
  yield { sampler: 'end', budget: FINE, ...end, off: 0 };
  for (const budget of BUDGETS)
    for (const sampler of CONTESTANTS) {
      before(sampler, budget);
      const drawn = await draw({ sampler }, stepsWithin({ sampler }, budget));
      const off = sampler === 'ddpm' ? Number.NaN : rms(drawn.images, end.images);
      yield { sampler, budget, ...drawn, off };
    }
}
export const DRAWINGS = 1 + BUDGETS.length * CONTESTANTS.length;
