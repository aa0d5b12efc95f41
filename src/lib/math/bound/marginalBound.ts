/**
 * The same bound, sorted by whose fault it is (DDPM eq. 16):
 *   −E ELBO = KL(q(x_T) ‖ p) + Σ_{t=1..T} E KL(q(x_{t−1}|x_t) ‖ p_θ(x_{t−1}|x_t)) + H(x_0).
 * Each term of eq. 5 compares with a step that knows x_0, so it holds information that no model could use; here that
 * has been taken out of every term, and all of it together is the entropy of the data.
 */
import { makeBlocks, sumBlocks } from '../exact/blocks.ts';
import { finiteData } from '../exact/finiteData.ts';
import { posterior, signalDrop } from '../process/posterior.ts';
import { type Bound, type BoundOptions, exactBound } from './elbo.ts';

export interface MarginalBound {
  /** KL(q(x_T) ‖ p), nats: the wrong start. */
  readonly start: number;
  /** steps[t] = E KL(q(x_{t−1}|x_t) ‖ p_θ(x_{t−1}|x_t)) for t = 1..T, nats; entry 0 is 0. */
  readonly steps: Float64Array;
  /** H(x_0), nats: nobody's fault. */
  readonly entropy: number;
  /** Their sum, which is that of eq. 5. */
  readonly total: number;
  /** The same bound by eq. 5. */
  readonly bound: Bound;
}

// #region boundByMarginals
/**
 * The bound by DDPM eq. 16. Steps by a difference of two integrals: absolute error about 1e-9 nats.
 * @throws RangeError unless the data fall apart into lines, where the integrals can be done.
 */
export function boundByMarginals(options: BoundOptions): MarginalBound {
  const { schedule } = options;
  const data = finiteData(options.data, options.weights);
  const blocks = makeBlocks(data, options);
  if (!blocks.every(({ block }) => block.exact)) {
    throw new RangeError(
      'Bound by marginals: expected images whose pixels fall apart into lines; found some that do not. Use exactBound, which also works by Monte Carlo.',
    );
  }
  const bound = exactBound(options);
  const steps = new Float64Array(schedule.T + 1);
  // E KL to the step that knows x_0, less what that step knows: I(x_0; x_{t−1} | x_t), and H(x_0 | x_1) at t = 1.
  steps[1] = bound.reconstruction - sumBlocks(blocks, (b) => b.entropyGiven(schedule.snr[1])).value;
  for (let t = 2; t <= schedule.T; t++) {
    const rise = signalDrop(posterior(schedule, t));
    steps[t] =
      bound.diffusion[t] - sumBlocks(blocks, (b) => b.informationRise(schedule.snr[t], rise)).value;
  }
  const start = bound.priorParts.mismatch;
  const total = start + steps.reduce((a, b) => a + b, 0) + data.entropy;
  return { start, steps, entropy: data.entropy, total, bound };
}
// #endregion
