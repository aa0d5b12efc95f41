import { describe, expect, it } from 'vitest';
import { discretizedLogProbability, evenLevels } from '../../src/lib/math/bound/decoder.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { vlbWeight } from '../../src/lib/math/objectives/bound.ts';
import { lossWeight } from '../../src/lib/math/objectives/weights.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';

/** Chapter 9: DDPM's missing step. L_0 with density times bin is the squared error of the noise at t = 1. */
describe.each(['linear', 'cosine'] as const)('the term t = 1, %s schedule', (kind) => {
  const schedule = makeSchedule(kind, 1000);
  const sigma2 = schedule.beta[1];

  it('has the weight β_1/(2σ_1²(1−β_1)), which is what (9.6) says at t = 1', () => {
    const weight = schedule.beta[1] / (2 * sigma2 * (1 - schedule.beta[1]));
    expect(vlbWeight(schedule, 1, sigma2)).toBeCloseTo(weight, 12);
    expect(lossWeight('elboBeta', 'epsilon', 1, schedule)).toBeCloseTo(weight, 12);
  });

  it('has the guess of the image as its mean: a share 1 of x_0 and 0 of x_1', () => {
    const q = posterior(schedule, 1);
    expect([q.x0Coefficient, q.xtCoefficient, q.variance]).toEqual([1, 0, 0]);
  });

  it('differs between two guesses as the surprise by fine bins does', () => {
    // 2¹⁶ levels: a bin is far narrower than σ_1, and the pixel is not at an edge.
    const levels = evenLevels(2 ** 16);
    const [x0, noise] = [levels[30_000], createRng('first term').normal()];
    const x1 = Math.sqrt(schedule.alphaBar[1]) * x0 + Math.sqrt(schedule.noiseVariance[1]) * noise;
    const guess = (epsilon: number) =>
      (x1 - Math.sqrt(schedule.noiseVariance[1]) * epsilon) / Math.sqrt(schedule.alphaBar[1]);
    const surprise = (epsilon: number) =>
      -discretizedLogProbability(x0, guess(epsilon), sigma2, levels);
    const squared = (epsilon: number) => vlbWeight(schedule, 1, sigma2) * (noise - epsilon) ** 2;
    for (const off of [0.1, 0.5, -2])
      expect(surprise(noise + off) - surprise(noise)).toBeCloseTo(
        squared(noise + off) - squared(noise),
        // The second-order error of a midpoint, (δ/σ_1)²/24 with δ/σ_1 < 0.005.
        5,
      );
  });
});
