import { describe, expect, it } from 'vitest';
import { exactBound } from '../../src/lib/math/bound/elbo.ts';
import { priorTerm } from '../../src/lib/math/bound/prior.ts';
import { information, klToBestGaussian } from '../../src/lib/math/exact/reverse.ts';
import { frechetDistance } from '../../src/lib/math/judge/frechet.ts';
import { mmd2FiniteToNormal } from '../../src/lib/math/judge/kernelLaws.ts';
import { D2, D16 } from '../../src/lib/math/mistakes/corrections/common.ts';
import { asMixture, klGaussian, klMixtures } from '../../src/lib/math/numerics/gaussian.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule, SCHEDULE_KINDS } from '../../src/lib/math/process/schedule.ts';

/** Divergences, distances and information are never below zero, where they are tiny or zero neither. */
describe('what cannot be below zero', () => {
  it('divergences of bells that are nearly or wholly equal', () => {
    const rng = createRng('near');
    for (let i = 0; i < 300; i++) {
      const [m, v] = [rng.normal(), 0.01 + rng.uniform()];
      const near = 10 ** (-16 * rng.uniform());
      expect(klGaussian(m, v, m + near, v * (1 + near))).toBeGreaterThanOrEqual(0);
      expect(klMixtures(asMixture(m, v), asMixture(m, v * (1 + near)))).toBeGreaterThanOrEqual(0);
      const [a, b, c] = [1 + rng.uniform(), rng.uniform(), 1 + rng.uniform()];
      const covariance = [
        [a, b],
        [b, c],
      ];
      const fit = {
        mean: Float64Array.of(m, 0),
        covariance: covariance.map((row) => Float64Array.from(row)),
      };
      expect(frechetDistance(fit as never, fit as never)).toBeGreaterThanOrEqual(0);
    }
  });

  it.each(SCHEDULE_KINDS)('steps of a long chain, %s', (kind) => {
    const schedule = makeSchedule(kind, 1000);
    for (let t = 2; t <= 1000; t += 74) {
      for (const x of [-1.5, 0, 1, 2.5])
        expect(
          klToBestGaussian({ schedule, data: [[1], [-1]] }, [x], t),
          `t = ${t}, x = ${x}`,
        ).toBeGreaterThanOrEqual(0);
      const { mutual, givenNoisier } = information({ schedule, data: D2 }, t);
      expect(Math.min(mutual, givenNoisier), `t = ${t}`).toBeGreaterThanOrEqual(0);
    }
    expect(priorTerm(schedule, [1, -1, -1, 1])).toBeGreaterThan(0);
    const bound = exactBound({ schedule, data: D16, variance: 'betaTilde', decoder: 'exact' });
    expect(Math.min(bound.prior, bound.reconstruction, ...bound.diffusion)).toBeGreaterThanOrEqual(
      0,
    );
  });

  it('the kernel distance of two whole laws with the same moments', () =>
    expect(mmd2FiniteToNormal(D16)).toBeGreaterThanOrEqual(0));
});
