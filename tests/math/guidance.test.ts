/** Guidance by class with exact answers: what it is at 0 and 1, a classifier's gradient, and the law that it samples. */
import { describe, expect, it } from 'vitest';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import {
  classGradient,
  classProbability,
  guided,
  guidedByClassifier,
  guidedDenoiser,
  rescaled,
  weightsOfClass,
} from '../../src/lib/math/exact/guidance.ts';
import { endMoments, lineEnds, pointShares } from '../../src/lib/math/exact/lineEnds.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { tiltedLaw } from '../../src/lib/math/exact/tiltedLaw.ts';
import { moments } from '../../src/lib/math/numerics/curves.ts';
import {
  mixtureExpectation,
  mixtureLogPdf,
  momentMatch,
} from '../../src/lib/math/numerics/gaussian.ts';
import { trapezoid } from '../../src/lib/math/numerics/quadrature.ts';
import type { Path } from '../../src/lib/math/process/path.ts';
import { PATHS } from '../../src/lib/math/process/paths.ts';
import { expectAbsolute, expectClose, expectRelative } from './helpers.ts';
import { all, cases, components, rows, slopes } from './pathCases.ts';

const labels = [0, 1, 0];
const pairs = (path: Path) => {
  const { weights, share } = weightsOfClass(labels, 0, [0.5, 0.2, 0.3]);
  return [
    {
      free: finiteDenoiser({ data: rows, weights: [0.5, 0.2, 0.3], path }),
      asked: finiteDenoiser({ data: rows, weights, path }),
      share,
    },
    {
      free: mixtureDenoiser({ components, path }),
      asked: mixtureDenoiser({ components: components.slice(1), path }),
      share: 0.6,
    },
  ];
};

describe.each(all)('on the path %s', (_name, path) => {
  it('g = 0 asks for nothing, g = 1 for the class, and in between and beyond it is a line', () => {
    for (const { free, asked } of pairs(path))
      for (const { t, x } of cases(path))
        for (const kind of ['epsilon', 'x0', 'v', 'score', 'flowVelocity'] as const) {
          const at = (g: number) => guidedDenoiser(free, asked, g).predict(kind)(x, t);
          const [none, one] = [free, asked].map((denoiser) => denoiser.predict(kind)(x, t));
          expect(at(0)).toEqual(none);
          expectClose(at(1), one, 1e-14);
          expectClose(
            at(3),
            none.map((value, k) => 3 * one[k] - 2 * value),
            1e-13,
          );
        }
  });

  it('∇ log p(c|x_t) is a slope, and classifier guidance the same as classifier-free', () => {
    for (const { free, asked, share } of pairs(path))
      for (const { t, x } of cases(path)) {
        const probability = classProbability(free, asked, share);
        const gradient = classGradient(free, asked)(x, t);
        // h² = 1e-10 of a third derivative that is below 1/noise³ < 1e3, and 1e-16/h of rounding.
        expectClose(
          gradient,
          slopes((y) => Math.log(probability(y, t)), x, 1e-5),
          1e-6,
        );
        const { noise } = path.at(t);
        const epsilon = [free, asked].map((denoiser) => denoiser.epsilon(x, t));
        const classified = guidedByClassifier(epsilon[0], gradient, 2.5, noise);
        expectClose(classified, guided(epsilon[0], epsilon[1], 2.5), 1e-12);
      }
  });

  it('its Jacobian is the slope of its answer', () => {
    for (const { free, asked } of pairs(path)) {
      const denoiser = guidedDenoiser(free, asked, 2.5);
      const { t, x } = cases(path)[1];
      denoiser
        .jacobian('v')(x, t)
        .forEach((row, i) => {
          expectClose(
            row,
            slopes((y) => denoiser.predict('v')(y, t)[i], x, 1e-5),
            1e-7,
          );
        });
    }
  });
});

it('the probabilities of all classes add to one', () => {
  const path = PATHS.straight;
  const free = finiteDenoiser({ data: rows, path });
  const sum = [0, 1].reduce((total, c) => {
    const { weights, share } = weightsOfClass(labels, c);
    const asked = finiteDenoiser({ data: rows, weights, path });
    return total + classProbability(free, asked, share)([0.2, 0.1], 0.6);
  }, 0);
  expectAbsolute(sum, 1, 1e-14);
  expect(() => weightsOfClass(labels, 2)).toThrow(/Weights: expected/);
});

it('rescaled has the spread of the answer with the class at φ = 1, and nothing is done at 0', () => {
  const [asked, stretched] = [
    [0.1, -0.4, 0.9, 0.3],
    [0.5, -2, 3, 1],
  ];
  expect([...rescaled(asked, stretched, 0)]).toEqual(stretched);
  expectRelative(moments(rescaled(asked, stretched, 1)).variance, moments(asked).variance, 1e-14);
  const half = rescaled(asked, stretched, 0.5);
  const whole = rescaled(asked, stretched, 1);
  expectClose(
    half,
    stretched.map((value, k) => (value + whole[k]) / 2),
    1e-14,
  );
});

/** Three bells on the line, the first and the last of one class. */
const law = { weights: [0.3, 0.45, 0.25], means: [-0.7, 0.2, 0.9], variances: [0.16, 0.16, 0.2] };
const bells = [0, 1, 0];

describe('the tilted law', () => {
  it('is that of all at g = 0, that of the class at 1, and always adds to one', () => {
    const inClass = { ...law, weights: weightsOfClass(bells, 0, law.weights).weights };
    for (const [g, expected, share] of [
      [0, law, 1],
      [1, inClass, 0.55],
    ] as const) {
      const tilted = tiltedLaw(law, bells, 0, g);
      const { mean, variance } = momentMatch(expected);
      expectRelative(tilted.normaliser, share, 1e-10);
      expectAbsolute(tilted.mean, mean, 1e-10);
      expectRelative(tilted.variance, variance, 1e-10);
      for (const x of [-1.5, 0, 0.6, 3])
        expectRelative(tilted.density(x), Math.exp(mixtureLogPdf(x, expected)), 1e-10);
    }
    for (const g of [0.4, 2, 7]) {
      const { density, mean } = tiltedLaw(law, bells, 0, g);
      // Steps of an eighth of the narrowest bell.
      expectAbsolute(trapezoid(density, -5, 5, 260), 1, 1e-10);
      expectAbsolute(
        trapezoid((x) => x * density(x), -5, 5, 260),
        mean,
        1e-10,
      );
    }
  });

  it('d log normaliser/dg is the mean of log p(c|x) under it', () => {
    const [g, h] = [2, 1e-4];
    const at = (strength: number) => tiltedLaw(law, bells, 0, strength);
    const inClass = { ...law, weights: weightsOfClass(bells, 0, law.weights).weights };
    const logClass = (x: number) =>
      Math.log(0.55) + mixtureLogPdf(x, inClass) - mixtureLogPdf(x, law);
    const mean =
      mixtureExpectation(law, (x) => Math.exp(g * logClass(x)) * logClass(x)) / at(g).normaliser;
    const slope = Math.log(at(g + h).normaliser / at(g - h).normaliser) / (2 * h);
    expectAbsolute(slope, mean, 1e-7);
  });

  it('refuses a negative strength', () => {
    expect(() => tiltedLaw(law, bells, 0, -1)).toThrow(/Guidance: expected a number of at least 0/);
  });
});

describe('the law of the ends', () => {
  const path = PATHS.straight;
  const all = law.weights.map((weight, k) => ({
    ...{ weight, mean: [law.means[k]], covariance: law.variances[k] },
  }));
  const free = mixtureDenoiser({ components: all, path });
  const asked = mixtureDenoiser({ components: all.filter((_, k) => bells[k] === 0), path });
  const flow = (g: number) => ({ denoiser: guidedDenoiser(free, asked, g), path });

  it.each([
    [0, 1e-7],
    [1, 5e-5],
  ])('is the exact one at g = %s', (g, tolerance) => {
    const ends = lineEnds(flow(g), 0);
    const expected = {
      ...law,
      weights: g === 0 ? law.weights : weightsOfClass(bells, 0, law.weights).weights,
    };
    const { mean, variance } = momentMatch(expected);
    const found = endMoments(ends);
    // Where all bells are, they overlap, and the error is the solver's. Those of the class are four widths apart, and starts
    // between them go far for little: of 129 so much is left.
    expectAbsolute(found.mean, mean, tolerance);
    expectAbsolute(found.variance, variance, tolerance);
    for (const { x, density, start } of ends)
      if (Math.abs(start) < 5) expectRelative(density, Math.exp(mixtureLogPdf(x, expected)), 1e-5);
  });

  it('is not the tilted one: between two bells it goes eight times as far', () => {
    const two = [-1, 1].map((m) => ({ weight: 0.5, mean: [m], covariance: 0.25 }));
    const [both, right] = [two, two.slice(1)].map((some) =>
      mixtureDenoiser({ components: some, path }),
    );
    const guidedFlow = { denoiser: guidedDenoiser(both, right, 2), path };
    const ends = endMoments(lineEnds(guidedFlow, 0));
    const tilted = tiltedLaw(
      { weights: [0.5, 0.5], means: [-1, 1], variances: [0.25, 0.25] },
      [0, 1],
      1,
      2,
    );
    // Both start from the class's own law, of mean 1 and variance ¼.
    expect((ends.mean - 1) / (tilted.mean - 1)).toBeGreaterThan(8);
    expect((0.25 - ends.variance) / (0.25 - tilted.variance)).toBeGreaterThan(3.5);
  });

  it('of points is their weights at g = 0 and those of the class at 1; beyond, the outer one has the most', () => {
    const points = [0.2, -1, 1, -0.2];
    const weights = [0.3, 0.2, 0.3, 0.2];
    const sides = [1, 0, 1, 0];
    const data = points.map((x) => [x]);
    const inClass = weightsOfClass(sides, 1, weights).weights;
    const [wide, narrow] = [weights, inClass].map((w) =>
      finiteDenoiser({ data, weights: w, path }),
    );
    const shares = (g: number) =>
      pointShares({ denoiser: guidedDenoiser(wide, narrow, g), path }, points, 1e-3);
    expectClose(shares(0), weights, 1e-6);
    expectClose(shares(1), inClass, 1e-6);
    const beyond = shares(3);
    expectAbsolute(beyond[0] + beyond[2], 1, 1e-12);
    // p(x)·p(c|x)^g of points is the class's own law at every g above 0: each ½.
    expect(beyond[0]).toBeLessThan(0.1);
  });
});
