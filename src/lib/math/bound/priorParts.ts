/**
 * The prior term of the bound is two things (averaged over the images):
 *   L_T = E KL(q(x_T|x_0) ‖ p) = I(x_0; x_T) + KL(q(x_T) ‖ p).
 * The first is what the noisy end still tells about the image, and no start that ignores the image can save it. Only the
 * second is the price of starting from p = N(0, I) instead of from q(x_T).
 */
import { type Block, type BlockOptions, makeBlocks, sumBlocks } from '../exact/blocks.ts';
import { type FiniteData, finiteData } from '../exact/finiteData.ts';
import type { Schedule } from '../process/schedule.ts';
import { noisyEnd, priorTerm } from './prior.ts';

export interface PriorParts {
  /** I(x_0; x_T), nats. */
  readonly information: number;
  /** KL(q(x_T) ‖ N(0, I)), nats: the price of the wrong start. */
  readonly mismatch: number;
  /** Of either part: they add up to L_T, which is exact. 0 where the method is quadrature. */
  readonly standardError: number;
}

export interface PriorOptions extends BlockOptions {
  readonly schedule: Schedule;
  readonly data: readonly ArrayLike<number>[];
  readonly weights?: ArrayLike<number>;
}

// #region priorParts
/** Both parts of L_T for a finite data set: by quadrature where its pixels fall apart into lines, else by Monte Carlo. */
export function priorParts(options: PriorOptions): PriorParts & { readonly prior: number } {
  const data = finiteData(options.data, options.weights);
  const prior = meanPriorTerm(options.schedule, data);
  return { prior, ...splitPrior(options.schedule, prior, makeBlocks(data, options)) };
}
// #endregion

/** E L_T over the images, nats. */
export const meanPriorTerm = (schedule: Schedule, { rows, weights }: FiniteData): number =>
  rows.reduce((sum, x0, i) => sum + weights[i] * priorTerm(schedule, x0), 0);

export function splitPrior(
  schedule: Schedule,
  prior: number,
  blocks: readonly { block: Block; count: number }[],
): PriorParts {
  const end = noisyEnd(schedule);
  const { value, standardError } = sumBlocks(blocks, (block) => block.startDivergence(end));
  // Images that are all one carry no information: what is left there is rounding.
  return { information: Math.max(0, prior - value), mismatch: value, standardError };
}
