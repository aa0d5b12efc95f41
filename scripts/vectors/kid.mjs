/** The kernel distance of features, of whole laws, its subsets, and its error bars. */
import { bootstrapSummary } from '../../src/lib/math/judge/bootstrap.ts';
import {
  kernelDistance,
  mmd2,
  mmd2Biased,
  mmd2Paired,
  subsetMmd2,
} from '../../src/lib/math/judge/kernel.ts';
import { mmd2Finite, mmd2Gaussians } from '../../src/lib/math/judge/kernelLaws.ts';
import { symmetricFunction } from '../../src/lib/math/numerics/linalg.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { each, inside, toleranceOf, under } from './judge.mjs';

export const parts = ['samples', 'gaussians', 'finite_laws', 'subsets', 'bootstrap', 'error_bars'];
export const inputs = [
  ...under('samples', 'x', 'y'),
  ...under('gaussians', 'mean1', 'covariance1', 'mean2', 'covariance2', 'sd_se'),
  ...under('finite_laws', 'rows1', 'weights1', 'rows2', 'weights2'),
  ...under('subsets', 'x', 'y', 'indices_x', 'indices_y'),
  ...under('bootstrap', 'indices_x', 'indices_y'),
  ...under('error_bars', 'd', 'n', 'subset_size', 'subsets', 'relative_error_of_true_sd'),
];

export function judge(file, judged) {
  const { close } = judged;
  const rule = { tolerance: toleranceOf(file) };
  each('samples', file.samples, ({ x, y, unbiased, biased, u_statistic }, name) => {
    close(`${name}.unbiased`, mmd2(x, y), unbiased, rule);
    close(`${name}.biased`, mmd2Biased(x, y), biased, rule);
    if (u_statistic !== undefined && u_statistic !== null)
      close(`${name}.u_statistic`, mmd2Paired(x, y), u_statistic, rule);
  });
  each('gaussians', file.gaussians, (given, name) => {
    judgeGaussians(name, given, rule, judged);
  });
  inside('finite_laws', file.finite_laws, (given) => {
    judgeFinite(given, rule, judged);
  });
  inside('subsets', file.subsets, (given) => {
    judgeSubsets(given, rule, judged);
  });
  inside('bootstrap', file.bootstrap, (given) => {
    const { x, y } = file.subsets;
    const { replicates, standard_error, mmd2: value } = given;
    const found = subsetMmd2(x, y, given.indices_x, given.indices_y);
    close('bootstrap.mmd2', mmd2(x, y), value, rule);
    close('bootstrap.replicates', found, replicates, rule);
    if (found.length < 2) return; // no spread
    const { standardError } = bootstrapSummary(value, found);
    close('bootstrap.standard_error', standardError, standard_error, rule);
  });
  each('error_bars', file.error_bars, (bar, name) => {
    judgeErrorBar(name, bar, judged);
  });
}

function judgeSubsets(given, rule, { close }) {
  const { x, y, indices_x, indices_y } = given;
  const values = subsetMmd2(x, y, indices_x, indices_y);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  close('subsets.values', values, given.values, rule);
  if (values.length === 0) return;
  close('subsets.mean', mean, given.mean, rule);
  const spread = Math.sqrt(square / values.length);
  close('subsets.std_ddof0_torch_fidelity', spread, given.std_ddof0_torch_fidelity, rule);
  const naive = Math.sqrt(square / (values.length - 1) / values.length);
  const expectedNaive = given.standard_error_if_subsets_were_independent;
  close('subsets.standard_error_if_subsets_were_independent', naive, expectedNaive, rule);
}

/** Standard deviation of the values and its standard error, whatever their law. */
function spreadOf(values) {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const moment = (k) => values.reduce((sum, v) => sum + (v - mean) ** k, 0) / n;
  const sd = Math.sqrt((moment(2) * n) / (n - 1));
  return { sd, error: Math.sqrt((moment(4) - moment(2) ** 2) / n) / (2 * sd) };
}

const REPEATS = 1500;

function judgeGaussians(name, given, rule, { close, simulated }) {
  const laws = [1, 2].map((k) => ({
    mean: given[`mean${k}`],
    covariance: given[`covariance${k}`],
  }));
  close(`${name}.mmd2`, mmd2Gaussians(...laws), given.mmd2, rule);
  const key = Object.keys(given).find((k) => /^sd_of_unbiased_estimate_n\d+$/.test(k));
  if (!key) return;
  const count = Number(/\d+$/.exec(key)[0]);
  const rng = createRng(name);
  const roots = laws.map(({ covariance }) =>
    symmetricFunction(covariance, (v) => Math.sqrt(Math.max(0, v))),
  );
  const draw = (k) =>
    Array.from({ length: count }, () => {
      const z = rng.fillNormal(new Float64Array(laws[k].mean.length));
      return roots[k].map((row, i) => row.reduce((sum, r, j) => sum + r * z[j], laws[k].mean[i]));
    });
  const { sd, error } = spreadOf(Array.from({ length: REPEATS }, () => mmd2(draw(0), draw(1))));
  // The reference states three standard errors.
  simulated(`${name}.${key}`, sd, error, given[key], given.sd_se / 3);
}

function judgeFinite(given, rule, { close }) {
  const { rows1, weights1, rows2, weights2 } = given;
  const laws = [
    { rows: rows1, weights: weights1 },
    { rows: rows2, weights: weights2 },
  ];
  close('finite_laws.mmd2', mmd2Finite(...laws), given.mmd2, rule);
  const pairs = ({ rows, weights }) =>
    rows.flatMap((a, i) => rows.map((b, j) => ({ rows: [a, b], weight: weights[i] * weights[j] })));
  let mean = 0;
  for (const a of pairs(laws[0]))
    for (const b of pairs(laws[1])) mean += a.weight * b.weight * mmd2Biased(a.rows, b.rows);
  close(
    'finite_laws.mean_of_biased_over_samples_of_two',
    mean,
    given.mean_of_biased_over_samples_of_two,
    rule,
  );
}

/** The error that floor 0 states of its kernel distance, against the true spread of that distance. */
function judgeErrorBar(name, bar, { simulated }) {
  if (bar.law !== 'both N(0, I)') return;
  const { d, n, subsets, subset_size: size, true_sd_of_the_estimate: truth } = bar;
  const rng = createRng(name);
  const draw = () => Array.from({ length: n }, () => rng.fillNormal(new Float64Array(d)));
  const repeats = Math.max(12, Math.min(60, Math.round(6000 / n)));
  const found = Array.from({ length: repeats }, () =>
    kernelDistance(draw(), draw(), rng, { subsets, size }),
  );
  const { sd, error } = spreadOf(found.map(({ value }) => value));
  const known = bar.relative_error_of_true_sd * truth;
  simulated(
    `${name}.true_sd_of_the_estimate`,
    sd,
    Math.max(error, sd / Math.sqrt(2 * repeats)),
    truth,
    known,
  );
  const errors = found.map(({ standardError }) => standardError);
  const stated = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / repeats);
  // For equal laws the stated error leans to the safe side, by about a fifth (`mmd2Variance`).
  simulated(
    `${name}.(standard error that floor 0 states)`,
    stated,
    stated / Math.sqrt(2 * repeats),
    1.1 * truth,
    known + 0.02 * truth,
  );
}
