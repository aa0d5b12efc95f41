/** Exact denoisers on every path: against slopes of the density, against integrals, against each other. */
import { describe, it } from 'vitest';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { logPdf } from '../../src/lib/math/numerics/gaussian.ts';
import { integrate } from '../../src/lib/math/numerics/quadrature.ts';
import { reverseDrift } from '../../src/lib/math/process/equations.ts';
import { TARGETS, type Target, targetRow } from '../../src/lib/math/process/parameterization.ts';
import { matchingTime } from '../../src/lib/math/process/process.ts';
import { expectAbsolute, expectClose, expectRelative } from './helpers.ts';
import { all, cases, denoisers, slopes } from './pathCases.ts';

const kinds = Object.keys(TARGETS) as Target[];

describe.each(all)('%s', (_name, path) => {
  it('the score is the slope of the log density, and E[ε|x_t] = −noise·score', () => {
    for (const { t, x } of cases(path)) {
      for (const [, denoiser] of denoisers(path)) {
        const { noise } = path.at(t);
        const score = denoiser.score(x, t);
        // In units of the noise: h² of the third derivative, and rounding over h.
        const found = slopes((at) => denoiser.logDensity(at, t), x, 1e-4 * noise);
        found.forEach((slope, k) => {
          expectAbsolute(slope * noise, score[k] * noise, 2e-6);
        });
        expectClose(
          denoiser.epsilon(x, t),
          score.map((value) => -noise * value),
          1e-14,
        );
      }
    }
  });

  it('every prediction is its target’s sum of E[x_0|x_t] and E[ε|x_t], and its derivative the slope', () => {
    for (const { t, x } of cases(path)) {
      for (const [, denoiser] of denoisers(path)) {
        const [x0, epsilon] = [denoiser.posteriorMean(x, t), denoiser.epsilon(x, t)];
        for (const kind of kinds) {
          const [a, b] = targetRow(kind, path.at(t));
          const size = Math.abs(a) + Math.abs(b);
          const found = denoiser.predict(kind)(x, t);
          found.forEach((value, k) => {
            expectAbsolute(value, a * x0[k] + b * epsilon[k], 1e-14 * size);
          });
          const { noise } = path.at(t);
          const jacobian = denoiser.jacobian(kind)(x, t);
          jacobian.forEach((row, k) => {
            const of = (at: number[]) => denoiser.predict(kind)(at, t)[k];
            slopes(of, x, 1e-4 * noise).forEach((slope, j) => {
              expectAbsolute(noise * slope, noise * row[j], 2e-6 * size);
              expectAbsolute(noise * row[j], noise * jacobian[j][k], 1e-13 * size);
            });
          });
        }
      }
    }
  });

  it('the density moves with the flow: ∂ log q/∂t + v·∇ log q + div v = 0', () => {
    for (const { t, x } of cases(path)) {
      for (const [, denoiser] of denoisers(path)) {
        const v = denoiser.predict('flowVelocity')(x, t);
        const jacobian = denoiser.jacobian('flowVelocity')(x, t);
        const score = denoiser.score(x, t);
        const h = 1e-5 * t;
        const change = (denoiser.logDensity(x, t + h) - denoiser.logDensity(x, t - h)) / (2 * h);
        const terms = [
          ...v.map((value, k) => value * score[k]),
          ...jacobian.map((row, k) => row[k]),
        ];
        const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
        expectAbsolute(change, -terms.reduce((a, b) => a + b, 0), 1e-6 * size);
        // The flow is the reverse equation without its noise.
        const ode = reverseDrift(x, score, path.at(t), 0);
        ode.forEach((value, k) => {
          expectAbsolute(value, v[k], 1e-13 * size);
        });
      }
    }
  });

  it('the reverse equation keeps the same density (Fokker–Planck)', () => {
    // ∂q/∂t + ∇·(drift q) = ½ churn² g² Δq, the sign of Δ turned as time is; divided by q, with ∇q/q = score.
    for (const { t, x } of cases(path)) {
      for (const churn of [0.5, 1]) {
        const [, denoiser] = denoisers(path)[1];
        const { varianceRate, signal, signalRate, noise } = path.at(t);
        const g2 = varianceRate - (2 * signalRate * noise * noise) / signal;
        const drift = (at: number[]) => reverseDrift(at, denoiser.score(at, t), path.at(t), churn);
        const score = denoiser.score(x, t);
        const curvature = denoiser.jacobian('score')(x, t);
        const h = 1e-5 * t;
        const change = (denoiser.logDensity(x, t + h) - denoiser.logDensity(x, t - h)) / (2 * h);
        const divergence = x.reduce(
          (sum, _, k) => sum + slopes((at) => drift(at)[k], x, 1e-4 * noise)[k],
          0,
        );
        const along = drift(x).reduce((sum, value, k) => sum + value * score[k], 0);
        const laplacian = score.reduce((sum, s, k) => sum + s * s + curvature[k][k], 0);
        const terms = [change, divergence, along, 0.5 * churn * churn * g2 * laplacian];
        const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
        expectAbsolute(
          terms.reduce((a, b) => a + b, 0),
          0,
          2e-6 * size,
        );
      }
    }
  });

  it('on a line: density, mean and floors are integrals over x_0 and ε', () => {
    const line = [
      { weight: 0.3, mean: [-0.6], covariance: 0.04 },
      { weight: 0.7, mean: [0.5], covariance: 0.2 },
    ];
    const mixture = mixtureDenoiser({ components: line, path });
    const points = finiteDenoiser({ data: [[-0.5], [0.8]], weights: [0.3, 0.7], path });
    for (const sigma of [0.3, 2]) {
      const t = path.time(sigma);
      const { signal, noise } = path.at(t);
      const xt = 0.35 * signal + 0.8 * noise;
      const joint = (x0: number) =>
        line.reduce((sum, c) => sum + c.weight * Math.exp(logPdf(x0, c.mean[0], c.covariance)), 0) *
        Math.exp(logPdf(xt, signal * x0, noise * noise));
      const breaks = [-6, -2, -1, -0.5, 0, 0.5, 1, 2, 6];
      const density = integrate(joint, breaks);
      const mean = integrate((x0) => x0 * joint(x0), breaks) / density;
      expectRelative(mixture.logDensity([xt], t), Math.log(density), 1e-9);
      expectRelative(mixture.posteriorMean([xt], t)[0], mean, 1e-9);

      for (const kind of kinds) {
        const [a, b] = targetRow(kind, path.at(t));
        const predict = points.predict(kind);
        const floor = [-0.5, 0.8].reduce((sum, x0, i) => {
          const square = (z: number) =>
            (a * x0 + b * z - predict([signal * x0 + noise * z], t)[0]) ** 2;
          const part = integrate((z) => Math.exp((-z * z) / 2) * square(z), [-9, -4, -1, 1, 4, 9]);
          return sum + ([0.3, 0.7][i] * part) / Math.sqrt(2 * Math.PI);
        }, 0);
        expectRelative(points.lossFloor(t, kind), floor, 1e-8);
      }
    }
  });

  it('the same noisy image on another path has the same answer', () => {
    for (const { t, x } of cases(path)) {
      denoisers(path).forEach(([, denoiser], which) => {
        for (const [, other] of all) {
          const match = matchingTime(path, t, other);
          const there = denoisers(other)[which][1];
          const moved = x.map((value) => match.scale * value);
          expectClose(there.posteriorMean(moved, match.t), denoiser.posteriorMean(x, t), 1e-11);
          expectClose(there.epsilon(moved, match.t), denoiser.epsilon(x, t), 1e-10);
        }
      });
    }
  });
});
