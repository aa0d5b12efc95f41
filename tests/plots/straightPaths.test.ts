/** What the widgets and pictures of straight paths show. */
import { describe, expect, it } from 'vitest';
import { convertPrediction } from '../../src/lib/math/process/parameterization.ts';
import { crossing, ONE_OF_TWO } from '../../src/lib/plots/straight-paths/crossing.ts';
import { CHAIN, flowAnswers, HELD } from '../../src/lib/plots/straight-paths/flowConverter.ts';
import { flowLine } from '../../src/lib/plots/straight-paths/flowLine.ts';
import { offNearest } from '../../src/lib/plots/straight-paths/offNearest.ts';

describe('one answer under all its names', () => {
  const [xt, t] = [0.2, 0.4];
  const answers = flowAnswers('x0', 1, xt, t);

  it('is one line through what is seen, whichever of the three is held', () => {
    expect((1 - t) * answers.x0 + t * answers.epsilon).toBeCloseTo(xt, 12);
    expect(answers.flowVelocity).toBeCloseTo(answers.epsilon - answers.x0, 12);
    expect(answers.score).toBeCloseTo(-answers.epsilon / t, 12);
    for (const held of HELD) {
      const again = flowAnswers(held, answers[held], xt, t);
      for (const kind of HELD) expect(again[kind]).toBeCloseTo(answers[kind], 10);
    }
  });

  it('has the same datum and noise on the chain, where that is as noisy, and on EDM’s path', () => {
    const { chain, edm, x0, epsilon } = answers;
    // x of the chain is signal·x̂₀ + noise·ε̂ with signal² + noise² = 1 and noise/signal = t/(1−t).
    const angle = Math.atan2(t, 1 - t);
    expect(chain.x).toBeCloseTo(Math.cos(angle) * x0 + Math.sin(angle) * epsilon, 10);
    expect(chain.v).toBeCloseTo(Math.cos(angle) * epsilon - Math.sin(angle) * x0, 10);
    expect(chain.score).toBeCloseTo(-epsilon / Math.sin(angle), 10);
    expect(edm.sigma).toBeCloseTo(t / (1 - t), 12);
    expect(edm.x).toBeCloseTo(x0 + edm.sigma * epsilon, 10);
    // A whole time of the chain near by says nearly the same.
    const whole = Math.round(chain.t);
    const [v] = convertPrediction([epsilon], [chain.x], 'epsilon', 'v', whole, CHAIN);
    expect(Math.abs(v - chain.v)).toBeLessThan(0.01);
  });

  it('has the sign of the clock in each code', () => {
    const { codes, flowVelocity } = answers;
    expect(codes.torchcfm).toEqual({ clock: 0.6, told: 0.6, answer: -flowVelocity });
    expect(codes.rectifiedFlow.told).toBeCloseTo(999 * 0.6, 10);
    expect(codes.diffusers).toEqual({ clock: t, told: 400, answer: flowVelocity });
    expect([codes.book, codes.openpi].map(({ answer }) => answer)).toEqual([
      flowVelocity,
      flowVelocity,
    ]);
  });

  it('is drawn with its slope in words', () => {
    const words = { time: 't', value: 'x', datum: 'd', noise: 'n', slope: (v: string) => `<${v}>` };
    const plot = flowLine(answers, { t, xt }, words, (v) => v.toFixed(1));
    expect(JSON.stringify(plot.marks?.map((mark) => (mark as { data?: unknown }).data))).toContain(
      `<${answers.flowVelocity.toFixed(1)}>`,
    );
  });
});

describe('lines and the flow between ±1 and noise', () => {
  const noises = [-1.5, -0.4, 0.3, 1.2];
  const ways = crossing(noises, 40);
  it('the flow keeps the order of the noises at every time, and ends at the nearer side', () => {
    for (let k = 0; k <= 40; k++) {
      const heights = ways.map((way) => way[k].y);
      expect(heights).toEqual([...heights].sort((a, b) => a - b));
    }
    expect(ways.map((way) => Math.round(way[0].y))).toEqual([-1, -1, 1, 1]);
    expect(ways.map((way) => way.at(-1)!.x)).toEqual([1, 1, 1, 1]);
  });
  it('the lines by chance do not: as many data of each, and not in order', () => {
    expect(ONE_OF_TWO.reduce((sum, x) => sum + x, 0)).toBe(0);
    expect(ONE_OF_TWO).not.toEqual([...ONE_OF_TWO].sort((a, b) => a - b));
  });
});

it('drawings are measured by the nearest image', () => {
  const images = [
    [1, 1],
    [-1, -1],
  ];
  expect(offNearest(Float32Array.of(1, 1, -1, -1), images)).toBe(0);
  // (0.8, 1) is off by 0.2 in one of two numbers, (0, 0) by 1 in both.
  expect(offNearest(Float32Array.of(0.8, 1, 0, 0), images)).toBeCloseTo(
    Math.sqrt((0.04 + 2) / 4),
    6,
  );
});
