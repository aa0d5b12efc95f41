/** Chapter 11: the dial, the laws of t, the account of a network of two answers, and what the prose says of them. */
import { describe, expect, it } from 'vitest';
import {
  cosine100,
  exactly,
  gains,
  greys,
  linear1000,
  pull,
} from '../../content/numbers/learned-width.ts';
import { trapezoid } from '../../src/lib/math/numerics/quadrature.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { hybridLoss } from '../../src/lib/math/objectives/hybridLoss.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import { jump, makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { withNamedWidth } from '../../src/lib/plots/bound/modelLedger.ts';
import {
  estimates,
  lawsOf,
  momentsOf,
  scatterOf,
} from '../../src/lib/plots/learned-width/importance.ts';
import {
  bestCurve,
  dialView,
  fractionAt,
  sideOf,
  termCurve,
  truthCurve,
} from '../../src/lib/plots/learned-width/widthDial.ts';

const schedule = makeSchedule('linear', 40);

describe('the dial', () => {
  it('has its least where the best f is, between the two ends', () => {
    for (const t of [2, 6, 15, 40]) {
      const { best, least } = dialView(schedule, t, 0);
      expect(best).toBeGreaterThanOrEqual(0);
      expect(best).toBeLessThanOrEqual(1);
      for (const { y } of termCurve(schedule, t)) expect(y).toBeGreaterThanOrEqual(least - 1e-15);
      expect(dialView(schedule, t, best).term).toBeCloseTo(least, 14);
    }
  });
  it('follows the side of the bell, and stops at its ends', () => {
    for (const f of [-0.4, 0, 0.3, 1.2]) {
      const { variance } = dialView(schedule, 9, f);
      expect(fractionAt(schedule, 9, Math.sqrt(variance))).toBeCloseTo(f, 12);
    }
    expect(fractionAt(schedule, 9, 1e-9)).toBe(-0.5);
    expect(fractionAt(schedule, 9, 1e9)).toBe(1.5);
    expect(sideOf(0.5).y / sideOf(1).y).toBeCloseTo(2, 12);
  });
  it('rises along the chain, and draws the true step with all its area but far errors', () => {
    const curve = bestCurve(schedule).map(({ y }) => y);
    // At the noisy end both ends are one, to rounding.
    curve.slice(1).forEach((f, i) => {
      expect(f).toBeGreaterThan(curve[i] - 1e-12);
    });
    const truth = truthCurve(schedule, 30);
    const at = (x: number) =>
      truth.reduce((a, b) => (Math.abs(b.x - x) < Math.abs(a.x - x) ? b : a)).y;
    const area = trapezoid(at, truth[0].x, truth[truth.length - 1].x, 160);
    expect(area).toBeGreaterThan(0.99);
    expect(area).toBeLessThan(1.001);
  });
});

describe('laws of t', () => {
  const setting = { schedule, width: 'beta', dimension: 4 } as const;
  const moments = momentsOf(setting);
  const laws = lawsOf(setting, moments, 10, 1);
  it('are laws, and the ideal one scatters least', () => {
    for (const p of Object.values(laws)) expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    const { uniform, importance, history } = scatterOf(moments, laws, 1);
    expect(uniform.gain).toBe(1);
    expect(importance.gain).toBeGreaterThan(Math.max(1, history.gain));
  });
  it('estimate the same sum, with the scatter that is said', () => {
    const bits = 1 / (4 * Math.LN2);
    const truth = bits * moments.mean.reduce((a, b) => a + b);
    const [count, batch] = [60, 64];
    const found = estimates(setting, laws, { count, batch, seed: 3, bits });
    const scatter = scatterOf(moments, laws, bits);
    for (const law of ['uniform', 'importance'] as const) {
      const values = found.filter((one) => one.law === law).map(({ value }) => value);
      const mean = values.reduce((a, b) => a + b) / count;
      const error = scatter[law].deviation / Math.sqrt(batch * count);
      expect(Math.abs(mean - truth)).toBeLessThan(5 * error);
    }
  });
});

describe('the account of a network of two answers', () => {
  const rng = createRng(5);
  const [t, dimension] = [12, 4];
  const draws = Array.from({ length: 20 }, () => {
    const x0 = Array.from({ length: dimension }, () => (rng.uniform() < 0.5 ? -1 : 1));
    const epsilon = rng.fillNormal(new Float64Array(dimension));
    const xt = diffuse(x0, t, schedule, epsilon);
    const prediction = x0.map((v) => v + 0.3 * rng.normal());
    return { kind: 'x0' as const, x0, epsilon, xt, prediction };
  });
  const squared = draws.map(({ x0, prediction }) =>
    x0.reduce((sum, v, k) => sum + (v - prediction[k]) ** 2, 0),
  );
  const mean = squared.reduce((a, b) => a + b) / draws.length;
  const term = (v: number) =>
    draws.reduce(
      (sum, draw) =>
        sum + hybridLoss(schedule, t, { ...draw, v: Array(dimension).fill(v) }, [-1, 1]).bitsPerDim,
      0,
    ) / draws.length;
  const measured = [
    {
      ...{ t, mean: term(-1), standardError: 0.1 },
      squaredError: { mean, standardError: 0, halves: [mean, mean] as const },
      learned: { mean: term(0.4), standardError: 0.2 },
    },
  ];
  const named = (width: 'betaTilde' | 'beta' | 'learned') =>
    withNamedWidth(measured, width, { schedule, dimension })[0];

  it('has β̃ where the answer is −1, β where it is 1, and its own in between', () => {
    expect(named('betaTilde').mean).toBeCloseTo(term(-1), 12);
    expect(named('beta').mean).toBeCloseTo(term(1), 12);
    expect(named('learned')).toMatchObject({ mean: term(0.4), standardError: 0.2 });
  });
});

describe('what the chapter says', () => {
  it('a width for each pixel is worth more than one for each t, and that more than either end', () => {
    const [narrow, wide, single, own] = (
      ['betaTilde', 'beta', 'bestIsotropic', 'bestGaussian'] as const
    ).map((variance) => exactly('all16', variance));
    expect(own).toBeLessThan(single);
    expect(single).toBeLessThan(Math.min(narrow, wide));
    expect(own).toBeGreaterThan(1);
  });
  it('in four and in eight steps the learned width is the least grey; of the fixed ones neither always', () => {
    const at = (steps: number) =>
      greys.map(({ points }) => points.find(({ x }) => x === steps)?.y as number);
    const [narrow4, wide4, learned4] = at(4);
    const [narrow8, wide8, learned8] = at(8);
    expect(learned4).toBeLessThan(Math.min(narrow4, wide4));
    expect(learned8).toBeLessThan(Math.min(narrow8, wide8));
    expect(Math.sign(narrow4 - wide4)).toBe(-Math.sign(narrow8 - wide8));
  });
  it('ten losses are enough with β and too few with β̃, for four pixels', () => {
    expect(gains('beta', 4).history).toBeGreaterThan(2);
    expect(gains('betaTilde', 4).history).toBeLessThan(0.1);
  });
  it('the bound pulls at most about as hard as the simple loss, and least in the middle', () => {
    const pulls = Array.from({ length: 999 }, (_, i) => pull(i + 2));
    expect(Math.max(...pulls)).toBe(pull(2));
    expect(pull(2)).toBeLessThan(1);
    expect(linear1000.T).toBe(1000);
  });
  it('the two ends of a stride are those of formula strideEnds', () => {
    const { alphaBar } = cosine100;
    const [t, s] = [38, 25];
    const beta = 1 - alphaBar[t] / alphaBar[s];
    expect(jump(cosine100, s, t).beta).toBeCloseTo(beta, 14);
    const narrow = ((1 - alphaBar[s]) / (1 - alphaBar[t])) * beta;
    expect(posterior(cosine100, t, s).variance).toBeCloseTo(narrow, 14);
  });
});
