/**
 * Every error bar of floor 0 against repeated experiments: the spread of what is stated over many seeds, beside the error
 * that each run states. Seeds are fixed: nothing here passes or fails by chance.
 */
import { describe, expect, it } from 'vitest';
import { exactBound } from '../../src/lib/math/bound/elbo.ts';
import { samplingProbabilities } from '../../src/lib/math/exact/ancestral.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import type { Estimate } from '../../src/lib/math/exact/vectorChannel.ts';
import { frechetBias } from '../../src/lib/math/judge/frechetBias.ts';
import { kernelDistance } from '../../src/lib/math/judge/kernel.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';

/** (stated error, root of the mean square) over (spread of the values): 1 for an honest error bar. */
function honesty(repeats: number, run: (seed: number) => Estimate): number {
  const found = Array.from({ length: repeats }, (_, seed) => run(seed));
  const mean = found.reduce((sum, { value }) => sum + value, 0) / repeats;
  const spread = found.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (repeats - 1);
  const stated = found.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / repeats;
  return Math.sqrt(stated / spread);
}

/** A spread of n values has a relative error of about 1/√(2n), with the tails that these have: four of them are allowed. */
function expectHonest(ratio: number, repeats: number, { safeSide = 0 } = {}): void {
  const tolerance = 4 / Math.sqrt(2 * repeats);
  expect(ratio).toBeGreaterThan(1 - tolerance);
  expect(ratio).toBeLessThan((1 + safeSide) * (1 + tolerance));
}

// Four images off any line, and no pixel independent of the others: only simulation is left.
const data = [
  [1, 0, 0.3],
  [-1, 0.5, 0],
  [0.2, -1, 0.8],
  [0.5, 0.9, -0.7],
];
const schedule = makeSchedule('cosine', 10);

describe('the kernel distance', () => {
  const draws = (n: number, seed: string, shift = 0) => {
    const rng = createRng(seed);
    const rows = () => Array.from({ length: n }, () => rng.fillNormal(new Float64Array(6)));
    return { x: rows(), y: rows().map((row) => row.map((v) => v + shift)), rng: rng.fork('pick') };
  };

  // True spreads, from repeated experiments with other code.
  it.each([
    [100, 0.049],
    [300, 0.0186],
    [1000, 0.0088],
  ])('d = 6, subsets of 100, %i rows of one law: states a spread of %f', (n, truth) => {
    const repeats = 10;
    const stated = Array.from({ length: repeats }, (_, i) => {
      const { x, y, rng } = draws(n, `equal ${n} ${i}`);
      return kernelDistance(x, y, rng).standardError;
    });
    const root = Math.sqrt(stated.reduce((sum, e) => sum + e * e, 0) / repeats);
    // Stated errors scatter by a fifth each, that is 7 % over ten, and lean to the safe side by up to a fifth.
    expect(root / truth).toBeGreaterThan(0.75);
    expect(root / truth).toBeLessThan(1.35);
  });

  it('where every subset is the whole sample, and for laws that differ', () => {
    for (const [shift, safeSide] of [
      [0, 0.2],
      [0.15, 0],
      [0.5, 0],
    ]) {
      const ratio = honesty(150, (seed) => {
        const { x, y, rng } = draws(40, `shift ${shift} ${seed}`, shift);
        return kernelDistance(x, y, rng, { subsets: 2, size: 40 });
      });
      expectHonest(ratio, 150, { safeSide });
    }
  });

  it('is not stated where it cannot be known', () => {
    const { x, y, rng } = draws(3, 'few');
    expect(kernelDistance(x, y, rng).standardError).toBeNaN();
  });
});

describe('simulated numbers', () => {
  it('the least error of a denoiser', () => {
    for (const t of [1, 6, 9]) {
      const ratio = honesty(100, (seed) =>
        finiteDenoiser({ data, schedule, samples: 300, seed }).mmseEstimate(t),
      );
      expectHonest(ratio, 100);
    }
  });

  it('that of a mixture: draws spread over the components can only be better than stated', () => {
    const components = [
      { weight: 0.5, mean: [1, 0], covariance: 0.1 },
      { weight: 0.5, mean: [-1, 0.5], covariance: 0.2 },
    ];
    for (const t of [6, 9]) {
      const ratio = honesty(100, (seed) =>
        mixtureDenoiser({ components, schedule, samples: 300, seed }).mmseEstimate(t),
      );
      expectHonest(ratio, 100, { safeSide: 0.2 });
    }
  });

  it.each(['exact', 'beta', 'betaTilde'] as const)(
    'the law of ancestral sampling, %s',
    (variance) => {
      const ratio = honesty(80, (seed) => {
        const options = { data, schedule: makeSchedule('cosine', 4), variance, samples: 200, seed };
        const { probabilities, standardErrors } = samplingProbabilities(options);
        return { value: probabilities[0], standardError: standardErrors[0] };
      });
      expectHonest(ratio, 80);
    },
  );

  it('the bias of the Fréchet distance', () => {
    expectHonest(
      honesty(100, (seed) => frechetBias(2, 10, 30, createRng(seed))),
      100,
    );
  });

  it.each(['betaTilde', 'exact', 'bestGaussian'] as const)('the bound, %s', (variance) => {
    const ratio = honesty(60, (seed) => {
      const bound = exactBound({ data, schedule, variance, decoder: 'exact', samples: 300, seed });
      return { value: bound.total, standardError: bound.standardError.total };
    });
    expectHonest(ratio, 60);
  });
});
