/** Numbers of a bell curve: what can be set, its height, its areas. Pure, no marks. */
import { normalPdf } from '../../math/numerics/gaussian.ts';
import { trapezoid } from '../../math/numerics/quadrature.ts';
import { normalCdf } from '../../math/numerics/special.ts';

/** What a reader can set: the plot shows every such bell whole in height. */
export const MEANS = [-2, 2] as const;
export const DEVIATIONS = [0.4, 2] as const;

/** Height of a bell's top, 1/(√(2π) σ), from its standard deviation. The same formula turns a height into σ. */
export const heightOf = (deviation: number): number => normalPdf(0, 0, deviation ** 2);

/** Area under the curve, summed; ten standard deviations on either side leave out 1e-23. */
export const areaUnder = (mean: number, deviation: number): number =>
  trapezoid(
    (x) => normalPdf(x, mean, deviation ** 2),
    mean - 10 * deviation,
    mean + 10 * deviation,
    400,
  );

/** The share of draws within k standard deviations of the mean: the same for every bell. */
export const shareWithin = (k: number): number => normalCdf(k) - normalCdf(-k);
