/** What chapter 10 says in numbers, once for every language. */
import {
  boundRows,
  EXAMPLE_BETAS,
  stepRows,
} from '../../src/components/widgets/four-pixels/four-pixels/fourPixels.ts';
import { toyData } from '../../src/lib/data/toyData.ts';
import { exactBound } from '../../src/lib/math/bound/elbo.ts';
import { optimiseBetas } from '../../src/lib/math/bound/optimiseBetas.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';

export const example = scheduleFromBetas(EXAMPLE_BETAS);
export const d16 = toyData('all16');
const d2 = toyData('two');
export const steps = stepRows(example, d16);
export const [exactKernel, bestGaussian, withBetaTilde, withBeta, paper, code] = boundRows(
  example,
  d16,
);
export const {
  prior,
  priorParts: { information, mismatch },
  marginal,
} = exactKernel;
export const bits = (nats: number) => nats / Math.LN2;
/** The step of the linear chain of 100 that begins at as much noise as the example's second. */
export const sameNoise = makeSchedule('linear', 100).snr.findIndex((snr) => snr <= example.snr[2]);
export const uneven = toyData('two', 0.7);
export const tilde = { ...d2, variance: 'betaTilde', decoder: 'discretized' } as const;
export const example2 = exactBound({ ...tilde, schedule: example });
export const best = optimiseBetas(example, tilde);
export const bestFour = optimiseBetas(scheduleFromBetas([0.1, 0.2, 0.3, 0.4]), tilde);
export const bestSixteen = optimiseBetas(example, { ...tilde, ...d16 });
