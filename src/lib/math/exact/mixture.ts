/**
 * The exact denoiser of a Gaussian mixture, on a chain or any other path: its channel at each time (mixtureChannel.ts).
 */

import { integrate } from '../numerics/quadrature.ts';
import { createRng } from '../numerics/rng.ts';
import { channelAt, type OnProcess, pointOf, processOf } from '../process/process.ts';
import { type ExactDenoiser, exactDenoiser } from './finite.ts';
import type { GaussianChannel } from './finiteChannel.ts';
import {
  type GaussianComponent,
  mixturePosterior,
  type Prepared,
  prepareMixture,
  seenVariance,
} from './mixtureChannel.ts';
import { type Estimate, estimate, stratifiedIndices } from './vectorChannel.ts';

export type MixtureDenoiserOptions = OnProcess & {
  readonly components: readonly GaussianComponent[];
  /** Monte-Carlo draws for mmse, where D > 1 and there are several components. */
  readonly samples?: number;
  readonly seed?: number | string;
};

export function mixtureDenoiser(options: MixtureDenoiserOptions): ExactDenoiser {
  const process = processOf(options);
  const components = prepareMixture(options.components);
  const posterior = (x: ArrayLike<number>, channel: GaussianChannel) =>
    mixturePosterior(components, x, channel);
  return exactDenoiser(process, {
    posterior,
    moments(x, channel) {
      const { mean, score } = posterior(x, channel);
      return { mean, score: () => score };
    },
    jacobians: (x, channel) => posterior(x, channel).jacobians(),
    mmseEstimate: (t) => mixtureMmse(components, channelAt(pointOf(process, t)), options),
  });
}

/** Σ λ v/(s²λ + v): the posterior variance of one Gaussian. */
const within = (component: Prepared, channel: GaussianChannel): number =>
  component.eigenvalues.reduce(
    (sum, l) => sum + (l * channel.noiseVariance) / seenVariance(l, channel),
    0,
  );

/** tr Cov(x_0 | x) = within the components + between their means. */
function posteriorVariance(
  components: readonly Prepared[],
  x: ArrayLike<number>,
  channel: GaussianChannel,
): number {
  const { weights, means, mean: centre } = mixturePosterior(components, x, channel);
  return components.reduce((sum, component, k) => {
    const between = means[k].reduce((s, m, i) => s + (m - centre[i]) ** 2, 0);
    return sum + weights[k] * (within(component, channel) + between);
  }, 0);
}

/** E tr Cov(x_0 | x): closed for one component, by quadrature on a line, else by draws. */
function mixtureMmse(
  components: readonly Prepared[],
  channel: GaussianChannel,
  options: Pick<MixtureDenoiserOptions, 'samples' | 'seed'>,
): Estimate {
  const { scale, noiseVariance } = channel;
  const d = components[0].mean.length;
  if (noiseVariance === 0) return { value: 0, standardError: 0 };
  if (components.length === 1) return { value: within(components[0], channel), standardError: 0 };
  const spread = (component: Prepared, j: number) =>
    Math.sqrt(seenVariance(component.eigenvalues[j], channel));
  if (d === 1) {
    const value = components.reduce((sum, component) => {
      const at = (z: number) => scale * component.mean[0] + spread(component, 0) * z;
      const middles = components.map(
        (c) => (scale * (c.mean[0] - component.mean[0])) / 2 / spread(component, 0),
      );
      const breaks = [-10, -4, -1, 0, 1, 4, 10, ...middles.filter((z) => Math.abs(z) < 10)];
      const f = (z: number) =>
        Math.exp(-0.5 * z * z) * posteriorVariance(components, [at(z)], channel);
      const part = integrate(
        f,
        [...new Set(breaks)].sort((p, q) => p - q),
      );
      return sum + (component.weight * part) / Math.sqrt(2 * Math.PI);
    }, 0);
    return { value, standardError: 0 };
  }
  const rng = createRng(options.seed ?? 0);
  const weights = components.map((c) => c.weight);
  const origins = stratifiedIndices(weights, options.samples ?? 4000, rng);
  const draws = Float64Array.from(origins, (origin) => {
    const component = components[origin];
    const x = component.mean.map((m) => scale * m);
    component.vectors.forEach((vector, j) => {
      const along = spread(component, j) * rng.normal();
      for (let i = 0; i < d; i++) x[i] += along * vector[i];
    });
    return posteriorVariance(components, x, channel);
  });
  return estimate(draws);
}
