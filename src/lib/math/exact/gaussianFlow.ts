/**
 * The probability-flow ODE of a Gaussian law N(m, C) on any path, solved in closed form: along each eigenvector of C the
 * distance from signal·m stays the same in standard deviations, √(signal² λ + noise²). What a solver is measured against.
 */
import { dot } from '../numerics/linalg.ts';
import { channelAt, type OnProcess, pointOf, processOf } from '../process/process.ts';
import { type GaussianComponent, prepareMixture, seenVariance } from './mixtureChannel.ts';

export type GaussianFlowOptions = OnProcess & Pick<GaussianComponent, 'mean' | 'covariance'>;

/**
 * (x at time `from`, from, to) → x at time `to` on the same curve, and ∫ div v dt on the way, so that
 * log q_from(x) = log q_to(x there) + integral.
 * @throws RangeError for a time outside, and where the law has no density at `from`.
 */
export function gaussianFlow(options: GaussianFlowOptions) {
  const process = processOf(options);
  const { mean, covariance } = options;
  const [{ eigenvalues, vectors }] = prepareMixture([{ weight: 1, mean, covariance }]);
  return (x: ArrayLike<number>, from: number, to: number) => {
    const [here, there] = [from, to].map((t) => channelAt(pointOf(process, t)));
    const away = Float64Array.from(x, (value, i) => value - here.scale * mean[i]);
    const moved = Float64Array.from(mean, (m) => there.scale * m);
    let integral = 0;
    vectors.forEach((vector, j) => {
      const ratio = seenVariance(eigenvalues[j], there) / seenVariance(eigenvalues[j], here);
      if (!Number.isFinite(ratio)) {
        throw new RangeError(
          `Flow: expected a law with a density at time ${from}; found none. Start at a time with some noise.`,
        );
      }
      const along = Math.sqrt(ratio) * dot(vector, away);
      for (let i = 0; i < moved.length; i++) moved[i] += along * vector[i];
      integral += 0.5 * Math.log(ratio);
    });
    return { x: moved, integral };
  };
}
