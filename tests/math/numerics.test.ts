import { describe, expect, it } from 'vitest';
import {
  asMixture,
  forwardReverseKl,
  klGaussian,
  klMixtures,
  momentMatch,
} from '../../src/lib/math/numerics/gaussian.ts';
import {
  logDetIdentityPlus,
  meanCovariance,
  multiply,
  symmetricEigen,
  symmetricFunction,
} from '../../src/lib/math/numerics/linalg.ts';
import {
  gaussHermite,
  gaussLegendre,
  integrate,
  trapezoid,
} from '../../src/lib/math/numerics/quadrature.ts';
import {
  chiSquareTail,
  erfc,
  logErfc,
  logExcess,
  logGamma,
  logNormalCdf,
  logNormalInterval,
  logSumExp,
  normalCdf,
  normalQuantile,
} from '../../src/lib/math/numerics/special.ts';
import { expectAbsolute, expectClose, expectRelative } from './helpers.ts';

describe('special functions', () => {
  // Reference values: SciPy 1.x (scipy.special.erfc, erfcx, chi2.sf, gammaln).
  it.each([
    [0.5, 0.4795001221869535],
    [1.99999, 0.004677941655034252],
    [2.00001, 0.004677528315327071],
    [5, 1.5374597944280347e-12],
    [-3, 1.9999779095030015],
  ])('erfc(%f)', (x, value) => {
    expectRelative(erfc(x), value, 1e-12);
  });
  it('tails stay finite', () => {
    expectRelative(logErfc(40), -1604.2615566532736, 1e-14);
    expectRelative(logNormalCdf(-1e6), -0.5e12, 1e-9);
    expect(normalCdf(-50)).toBeGreaterThanOrEqual(0);
  });
  it('quantiles of the normal law: tables, and back from its probabilities in both tails', () => {
    expectAbsolute(normalQuantile(0.975), 1.959963984540054, 1e-14);
    expectAbsolute(normalQuantile(0.5), 0, 1e-15);
    expect([0, 1].map(normalQuantile)).toEqual([-Infinity, Infinity]);
    for (let z = -37; z <= 8; z += 0.9) {
      // 1 − p holds 16 digits less its own size.
      const slack = 1e-14 * (1 + Math.abs(z)) + (z > 0 ? 1e-16 / normalCdf(-z) : 0);
      expectAbsolute(normalQuantile(normalCdf(z)), z, slack);
    }
    expect(() => normalQuantile(1.1)).toThrow(/Probability: expected a number from 0 to 1/);
    expect(() => normalQuantile(Number.NaN)).toThrow(/Probability/);
  });
  it.each([
    [3.84, 1, 0.05004352124870519],
    [30, 15, 0.011921495938159686],
    [5, 15, 0.9921264113445191],
  ])('chi-square tail of %f with %i degrees', (x, k, value) => {
    expectRelative(chiSquareTail(x, k), value, 1e-12);
  });
  it('log Γ at factorials and ½', () => {
    expectRelative(logGamma(11), Math.log(3628800), 1e-13);
    expectRelative(logGamma(0.5), 0.5 * Math.log(Math.PI), 1e-13);
  });
  it('a normal interval keeps its digits in both tails', () => {
    // By quadrature of the density relative to its value at the nearer end.
    const scaled = integrate((x) => Math.exp(-(x * x - 81) / 2), [9, 9.5, 10]);
    const expected = Math.log(scaled) - 40.5 - 0.5 * Math.log(2 * Math.PI);
    expectRelative(logNormalInterval(9, 10), expected, 1e-12);
    expectRelative(logNormalInterval(-10, -9), expected, 1e-12);
    expectAbsolute(logNormalInterval(-Infinity, Infinity), 0, 1e-15);
    expectRelative(logNormalInterval(-1, 1), Math.log(0.6826894921370859), 1e-12);
  });
  it('x − log(1+x) on both sides of its switch', () => {
    expectRelative(logExcess(1e-9), 0.5e-18, 1e-8);
    for (const x of [0.0499999, 0.0500001, -0.0499999, -0.0500001]) {
      expectRelative(logExcess(x), x - Math.log1p(x), 1e-12);
    }
  });
  it('log-sum-exp', () => {
    expectRelative(logSumExp([1000, 1000]), 1000 + Math.LN2, 1e-15);
    expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
  });
});

describe('quadrature', () => {
  it.each([1, 2, 5, 20, 64])('Gauss–Hermite with %i nodes is exact to degree 2n − 1', (n) => {
    const { nodes, weights } = gaussHermite(n);
    let even = 1; // E z^{2k} = (2k−1)!!
    for (let k = 0; 2 * k <= Math.min(2 * n - 1, 12); k++) {
      if (k > 0) even *= 2 * k - 1;
      expectRelative(
        nodes.reduce((s, z, i) => s + weights[i] * z ** (2 * k), 0),
        even,
        1e-11,
      );
    }
  });
  it.each([1, 3, 8])('Gauss–Legendre with %i nodes is exact to degree 2n − 1', (n) => {
    const { nodes, weights } = gaussLegendre(n);
    for (let k = 0; k < 2 * n; k++) {
      const sum = nodes.reduce((s, x, i) => s + weights[i] * x ** k, 0);
      expectAbsolute(sum, k % 2 === 0 ? 2 / (k + 1) : 0, 1e-13);
    }
  });
  it('adaptive and trapezoid agree on a narrow bump and a kink', () => {
    const bump = (x: number) => Math.exp(-0.5 * ((x - 0.3) / 0.01) ** 2);
    const exact = 0.01 * Math.sqrt(2 * Math.PI);
    expectRelative(integrate(bump, [-5, 0.2, 5]), exact, 1e-11);
    expectRelative(trapezoid(bump, -1, 1, 1000), exact, 1e-12);
    expectRelative(integrate(Math.abs, [-1, 0.3, 2]), 2.5, 1e-11);
  });
});

describe('Gaussians', () => {
  const mixture = { weights: [0.3, 0.7], means: [-1, 2], variances: [0.5, 0.2] };
  it('closed-form KL is the quadrature’s', () => {
    expectRelative(
      klGaussian(1, 0.5, -0.3, 2),
      klMixtures(asMixture(1, 0.5), asMixture(-0.3, 2)),
      1e-9,
    );
    expect(klGaussian(1, 2, 1, 2)).toBe(0);
  });
  it('moments are the best Gaussian in KL(mixture ‖ ·)', () => {
    const { mean, variance } = momentMatch(mixture);
    const best = forwardReverseKl(mixture, mean, variance).forward;
    for (const [dm, dv] of [
      [0.05, 0],
      [-0.05, 0],
      [0, 0.05],
      [0, -0.05],
    ]) {
      expect(forwardReverseKl(mixture, mean + dm, variance + dv).forward).toBeGreaterThan(best);
    }
  });
});

describe('linear algebra', () => {
  const matrix = [
    [4, 1, -2],
    [1, 3, 0.5],
    [-2, 0.5, 5],
  ];
  it('Jacobi diagonalises with orthonormal vectors', () => {
    const { values, vectors } = symmetricEigen(matrix);
    values.forEach((value, k) => {
      matrix.forEach((row, i) => {
        const applied = row.reduce((s, m, j) => s + m * vectors[k][j], 0);
        expectAbsolute(applied, value * vectors[k][i], 1e-12);
      });
      values.forEach((_, l) => {
        const inner = vectors[k].reduce((s, v, i) => s + v * vectors[l][i], 0);
        expectAbsolute(inner, Number(k === l), 1e-12);
      });
    });
  });
  it('a square root squares back', () => {
    const root = symmetricFunction(matrix, Math.sqrt);
    multiply(root, root).forEach((row, i) => {
      expectClose(row, matrix[i], 1e-12);
    });
  });
  it('log det(I + cC) is the sum over eigenvalues', () => {
    const { values } = symmetricEigen(matrix);
    const expected = values.reduce((s, v) => s + Math.log1p(0.7 * v), 0);
    expectRelative(
      logDetIdentityPlus(
        matrix.map((r) => Float64Array.from(r)),
        0.7,
      ),
      expected,
      1e-12,
    );
  });
  it('weighted moments', () => {
    const { mean, covariance } = meanCovariance(
      [
        [0, 1],
        [2, 1],
      ],
      [1, 3],
    );
    expect([...mean]).toEqual([1.5, 1]);
    expect([...covariance[0], ...covariance[1]]).toEqual([0.75, 0, 0, 0]);
  });
});
