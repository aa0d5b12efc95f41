/**
 * The exact denoiser of a blurred set: centres c⁽ⁱ⁾ with an equal round bell about each, p(x_0) = Σ_i w_i N(c⁽ⁱ⁾, h² I). Through a
 * channel x = s·x_0 + √v·ε it looks as the bare centres do through one of noise variance v + s²h², so all of it is theirs:
 *   E[x_0 | x] = (1 − κs)·E[c | x] + κ·x with κ = s h²/(v + s²h²).
 * A mixture (mixture.ts) with one covariance for all, at the price of a finite set: thousands of particles can ask it.
 */
import { type OnProcess, processOf } from '../process/process.ts';
import { type ExactDenoiser, exactDenoiser } from './finite.ts';
import { channelScore, finiteChannel, type GaussianChannel } from './finiteChannel.ts';
import { mixtureDenoiser } from './mixture.ts';

export type BlurredOptions = OnProcess & {
  /** n centres of D values. */
  readonly centres: readonly ArrayLike<number>[];
  /** n weights; all alike when left out. */
  readonly weights?: ArrayLike<number>;
  /** h, the standard deviation of every bell in every coordinate; above 0. */
  readonly deviation: number;
};

/**
 * Entries of `posteriorWeights` are in the order of the centres: which bell x_0 belongs to.
 * @throws RangeError unless the deviation is above 0, and as `finiteChannel`.
 */
export function blurredDenoiser(options: BlurredOptions): ExactDenoiser {
  const { centres, weights, deviation } = options;
  if (!(deviation > 0 && deviation < Infinity))
    throw new RangeError(
      `Blur: expected a standard deviation above 0; found ${deviation}. Without one take the finite denoiser.`,
    );
  const bare = finiteChannel(centres, weights);
  const seen = ({ scale, noiseVariance }: GaussianChannel): GaussianChannel => ({
    scale,
    noiseVariance: noiseVariance + (scale * deviation) ** 2,
  });
  /** κ */
  const share = (channel: GaussianChannel) =>
    (channel.scale * deviation ** 2) / seen(channel).noiseVariance;
  let mixture: ExactDenoiser | undefined;
  return exactDenoiser(processOf(options), {
    posterior: (x, channel) => bare.posterior(x, seen(channel)),
    moments(x, channel) {
      const centre = bare.mean(x, seen(channel));
      const kappa = share(channel);
      return {
        mean: centre.map((c, k) => (1 - kappa * channel.scale) * c + kappa * x[k]),
        score: () => channelScore(x, centre, seen(channel)),
      };
    },
    jacobians(x, channel) {
      const { mean, score } = bare.jacobians(x, seen(channel));
      const kappa = share(channel);
      const rest = 1 - kappa * channel.scale;
      return {
        mean: mean.map((row, i) => row.map((value, j) => rest * value + (i === j ? kappa : 0))),
        score,
      };
    },
    mmseEstimate(t) {
      mixture ??= mixtureDenoiser({
        ...options,
        components: centres.map((mean, i) => ({
          weight: weights?.[i] ?? 1,
          mean,
          covariance: deviation ** 2,
        })),
      });
      return mixture.mmseEstimate(t);
    },
  });
}
