import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { chainPath } from '../../src/lib/math/process/chain.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import {
  type Conversion,
  conversion,
  convertPrediction,
  PREDICTION_KINDS,
  predictionTarget,
  TARGETS,
  type Target,
  targetRow,
} from '../../src/lib/math/process/parameterization.ts';
import type { Path } from '../../src/lib/math/process/path.ts';
import { PATHS } from '../../src/lib/math/process/paths.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { expectAbsolute, expectClose, expectRelative } from './helpers.ts';

interface Reference {
  path: string;
  t: number;
  conversions: Record<string, [number, number]>;
}
/** Made by tests/fixtures/paths.py, to 60 digits. */
const { betas, sigmaData, points }: { betas: number[]; sigmaData: number; points: Reference[] } =
  JSON.parse(readFileSync('tests/fixtures/paths.json', 'utf8'));
const all: Record<string, Path> = { ...PATHS, chain: chainPath(scheduleFromBetas(betas)) };
const kinds = Object.keys(TARGETS) as Target[];
const pairs = kinds.flatMap((from) => kinds.map((to) => [from, to] as const));

describe('against 60 digits: to and from x_0, and to ε, no digit is lost', () => {
  it.each(points)('$path at $t', ({ path, t, conversions }) => {
    expect(Object.keys(conversions)).toHaveLength(14);
    for (const [pair, [xt, prediction]] of Object.entries(conversions)) {
      const [from, to] = pair.split(' ') as [Target, Target];
      const found = conversion(from, to, t, all[path], { sigmaData });
      expectAbsolute(found.xt, xt, 1e-14 * Math.abs(xt));
      expectRelative(found.prediction, prediction, 1e-14);
    }
  });
});

it.each(Object.entries(all))('%s: every target tells every other', (_name, path) => {
  const rng = createRng('targets');
  const [x0, noise] = [0, 1].map(() => Array.from({ length: 3 }, () => rng.normal()));
  for (const u of [0.01, 0.2, 0.5, 0.8, 0.99]) {
    const t = u * path.start;
    const xt = Array.from(diffuse(x0, t, path, noise));
    const target = (kind: Target) => predictionTarget(kind, x0, noise, t, path, { sigmaData });
    for (const [from, to] of pairs) {
      const found = convertPrediction(target(from), xt, from, to, t, path, { sigmaData });
      const { xt: a, prediction: b } = conversion(from, to, t, path, { sigmaData });
      // One rounding of x_t and of the prediction, each as large as its part in the sum.
      const size = Math.max(...xt.map((x) => Math.abs(a * x)), ...found.map(Math.abs), Math.abs(b));
      found.forEach((value, k) => {
        expectAbsolute(value, target(to)[k], 2e-14 * size);
      });
    }
  }
});

it.each(SCHEDULE_KINDS)('on a chain: the conversions as the papers write them, %s', (kind) => {
  const schedule = makeSchedule(kind, 1000);
  for (const t of [1, 2, 400, 999, 1000]) {
    const c = Math.sqrt(schedule.alphaBar[t]);
    const s = Math.sqrt(schedule.noiseVariance[t]);
    /** Each as [share of x_t, share of v], since c² + s² = 1. */
    const byRotation: Record<(typeof PREDICTION_KINDS)[number], [number, number]> = {
      x0: [c, -s],
      epsilon: [s, c],
      v: [0, 1],
      score: [-1, -c / s],
    };
    for (const from of PREDICTION_KINDS) {
      for (const to of PREDICTION_KINDS) {
        const [[p, q], [u, w]] = [byRotation[from], byRotation[to]];
        const found: Conversion = conversion(from, to, t, schedule);
        expectRelative(found.prediction, w / q, 1e-13);
        // u − w·p/q cancels there to nothing where the two are multiples of each other, ε and the score.
        expectAbsolute(found.xt, u - (w * p) / q, 1e-13 * Math.max(1, Math.abs((w * p) / q)));
      }
    }
  }
});

it('EDM’s F is −v for data of standard deviation 1 on a path that preserves variance', () => {
  const path = PATHS.variancePreserving;
  for (const t of [0.001, 0.4, 1]) {
    const [a, b] = targetRow('v', path.at(t));
    expectClose(targetRow('edmF', path.at(t), { sigmaData: 1 }), [-a, -b], 1e-15);
  }
});

it('flow velocity on the trigonometric path is π/2·v: the angle grows evenly', () => {
  const path = PATHS.trigonometric;
  for (const t of [0, 1e-9, 0.4, 1]) {
    const v = targetRow('v', path.at(t));
    expectClose(
      targetRow('flowVelocity', path.at(t)),
      v.map((part) => (Math.PI / 2) * part),
      1e-15,
    );
  }
});

it('F has variance 1 whatever the noise, for data of standard deviation σ_data', () => {
  for (const path of Object.values(all)) {
    for (const u of [0.01, 0.5, 1]) {
      const [a, b] = targetRow('edmF', path.at(u * path.start), { sigmaData });
      expectRelative(Math.hypot(a * sigmaData, b), 1, 1e-14);
    }
  }
});

describe('where a prediction does not tell x_0', () => {
  const { straight, variancePreserving } = PATHS;
  it.each([
    ['no noise: x_0 does not tell ε', () => conversion('x0', 'epsilon', 0, straight)],
    ['no noise: no score', () => conversion('x0', 'score', 0, straight)],
    ['no signal: ε does not tell x_0', () => conversion('epsilon', 'x0', 1, straight)],
    ['no signal: nor does the score', () => conversion('score', 'flowVelocity', 1, straight)],
    ['noise that starts as √t', () => conversion('flowVelocity', 'x0', 0, variancePreserving)],
    ['also as a target', () => predictionTarget('score', [1], [1], 0, straight)],
    ['also of itself', () => conversion('score', 'score', 0, straight)],
  ])('%s', (_what, use) => {
    expect(use).toThrow(/^Prediction: expected one that is defined and tells x_0 at this time/);
    expect(use).toThrow(RangeError);
  });

  it('what still tells it does so there', () => {
    const numbers = ({ xt, prediction }: Conversion) => [xt, prediction];
    expectClose(numbers(conversion('epsilon', 'x0', 0, straight)), [1, 0], 0);
    expectClose(numbers(conversion('x0', 'epsilon', 1, straight)), [1, 0], 0);
    expectClose(numbers(conversion('flowVelocity', 'x0', 1, straight)), [1, -1], 0);
    expectClose(numbers(conversion('v', 'x0', 0, variancePreserving)), [1, 0], 0);
  });

  it('an unknown name is told', () => {
    expect(() => conversion('F' as Target, 'x0', 0.5, straight)).toThrow(
      /Prediction: expected one of epsilon, x0, v, score, flowVelocity, edmF; found "F"/,
    );
    expect(() => conversion('x0', 'toString' as Target, 0.5, straight)).toThrow(/expected one of/);
  });
});
