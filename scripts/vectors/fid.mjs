/** The Fréchet distance of features, its bias, and the bootstrap. */
import { bootstrapSummary } from '../../src/lib/math/judge/bootstrap.ts';
import {
  fitGaussian,
  frechetAtInfinity,
  frechetDistance,
  frechetParts,
} from '../../src/lib/math/judge/frechet.ts';
import {
  frechetBias,
  frechetBiasLine,
  frechetBiasPlane,
} from '../../src/lib/math/judge/frechetBias.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { each, inside, toleranceOf, under } from './judge.mjs';

export const parts = ['samples', 'statistics', 'bias', 'infinity', 'bootstrap'];
export const inputs = [
  ...under('samples', 'x', 'y'),
  ...under('statistics', 'mean1', 'covariance1', 'mean2', 'covariance2'),
  ...under('bias', 'd', 'n', 'against_the_exact_law_se', 'between_two_samples_se'),
  ...under('infinity', 'n', 'fid'),
  ...under('bootstrap', 'x', 'y', 'indices_x', 'indices_y'),
];

const REPEATS = 400;
const matrix = (rows) => rows.map((row) => Float64Array.from(row));
/** What the reference's own quadrature leaves for two dimensions and three rows, where the density of the eigenvalues is singular. */
const QUADRATURE = 1e-5;

export function judge(file, { close, simulated }) {
  const tolerance = toleranceOf(file);
  const rule = { tolerance };
  each('samples', file.samples, ({ x, y, fid, mean_part, covariance_part }, name) => {
    const parts = frechetParts(fitGaussian(x), fitGaussian(y));
    const whole = frechetDistance(fitGaussian(x), fitGaussian(y));
    close(`${name}.fid`, whole, fid, rule);
    close(`${name}.mean_part`, parts.mean, mean_part, rule);
    close(`${name}.covariance_part`, parts.covariance, covariance_part, rule);
  });
  each('statistics', file.statistics, ({ mean1, covariance1, mean2, covariance2, fid }, name) => {
    const a = { mean: Float64Array.from(mean1), covariance: matrix(covariance1) };
    const b = { mean: Float64Array.from(mean2), covariance: matrix(covariance2) };
    close(`${name}.fid`, frechetDistance(a, b), fid, rule);
  });
  each('bias', file.bias, (bias, name) => {
    judgeBias(name, bias, { tolerance, close, simulated });
  });
  inside('infinity', file.infinity, ({ n, fid, intercept, slope }) => {
    const line = frechetAtInfinity(n, fid);
    close('infinity.intercept', line.intercept, intercept, rule);
    close('infinity.slope', line.slope, slope, rule);
  });
  inside('bootstrap', file.bootstrap, (given) => {
    judgeBootstrap(given, rule, close);
  });
}

function judgeBootstrap(given, rule, close) {
  const { x, y, indices_x, indices_y } = given;
  const distance = (own, other) => frechetDistance(fitGaussian(own), fitGaussian(other));
  const value = distance(x, y);
  const replicates = indices_x.map((own, b) =>
    distance(
      own.map((j) => x[j]),
      indices_y[b].map((j) => y[j]),
    ),
  );
  close('bootstrap.fid', value, given.fid, rule);
  close('bootstrap.replicates', replicates, given.replicates, rule);
  if (replicates.length < 2) return; // no spread
  const summary = bootstrapSummary(value, replicates);
  close('bootstrap.standard_error', summary.standardError, given.standard_error, rule);
  close('bootstrap.mean', summary.mean, given.mean, rule);
  close('bootstrap.bias_estimate', summary.bias, given.bias_estimate, rule);
  close('bootstrap.percentile_interval_95', summary.interval95, given.percentile_interval_95, rule);
}

function judgeBias(name, bias, { tolerance, close, simulated }) {
  const { d, n, exact } = bias;
  for (const [key, against] of [
    ['against_the_exact_law', 'law'],
    ['between_two_samples', 'sample'],
  ]) {
    if (!(key in bias)) continue;
    if (exact && d === 1)
      close(`${name}.${key}`, frechetBiasLine(n, against), bias[key], { tolerance });
    else if (exact && d === 2 && against === 'law')
      close(`${name}.${key}`, frechetBiasPlane(n), bias[key], {
        tolerance: n <= 3 ? QUADRATURE : tolerance,
      });
    else {
      const found = frechetBias(d, n, REPEATS, createRng(`${name} ${key}`), against);
      simulated(`${name}.${key}`, found.value, found.standardError, bias[key], bias[`${key}_se`]);
    }
  }
}
