/** Predictors and corrector of score-based models: what they leave of laws that are known. */
import { describe, expect, it } from 'vitest';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { chainPath } from '../../src/lib/math/process/chain.ts';
import { jump, makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { varianceExploding } from '../../src/lib/math/process/varianceExploding.ts';
import {
  ancestralScoreStep,
  langevinSize,
  langevinStep,
  reverseDiffusionStep,
  stepWidth,
} from '../../src/lib/math/samplers/correctedSteps.ts';
import { ancestralStep } from '../../src/lib/math/samplers/ddpm.ts';
import {
  type Combination,
  moved,
  readingOf,
  weightsOf,
} from '../../src/lib/math/samplers/program.ts';
import { expectAbsolute, expectClose, expectRelative } from './helpers.ts';

const silent = { normal: () => 0 };
/** On the line: the slope, the shift and the noise of a step where the score is p·x + q. */
const affine = ({ registers = [], epsilon = 0, z = 0 }: Combination, noise: number) => {
  const pull = -epsilon * noise;
  return (p: number, q = 0) => ({ slope: registers[0] + pull * p, shift: pull * q, z });
};

describe('ancestral steps from the score', () => {
  it.each(['beta', 'betaTilde'] as const)('are those of the chain, with %s', (variance) => {
    const schedule = makeSchedule('cosine', 12);
    const path = chainPath(schedule);
    const denoiser = finiteDenoiser({
      data: [
        [0.4, -1],
        [-0.7, 0.2],
      ],
      schedule,
    });
    const x = [0.3, -0.5];
    for (const [t, s] of [
      [12, 9],
      [7, 6],
      [2, 1],
    ]) {
      const { alpha, beta } = jump(schedule, s, t);
      const step = { keep: Math.sqrt(alpha), variance: beta };
      const width = {
        beta: Math.sqrt(beta),
        betaTilde: stepWidth(step, [path.at(s), path.at(t)]),
      }[variance];
      const after = (move: Combination) =>
        moved(
          [Float64Array.from(x)],
          weightsOf([move], readingOf('score', t, schedule)),
          denoiser.score(x, t),
          { normal: () => 1 },
        )[0];
      const own = after(ancestralStep(schedule, t, s, variance));
      expectClose(after(ancestralScoreStep(step, path.at(t).noise, width)), own, 1e-13);
    }
  });

  it('of one point at exploding noise, they lead from its law to its law, however far', () => {
    const path = varianceExploding();
    const [before, after] = [path.at(0.1), path.at(0.8)];
    const step = { keep: 1, variance: after.noise ** 2 - before.noise ** 2 };
    const move = ancestralScoreStep(step, after.noise, stepWidth(step, [before, after]));
    const point = 0.7;
    const { slope, shift, z } = affine(move, after.noise)(
      -1 / after.noise ** 2,
      point / after.noise ** 2,
    );
    expectRelative(slope * point + shift, point, 1e-14);
    expectRelative((slope * after.noise) ** 2 + z ** 2, before.noise ** 2, 1e-12);
  });
});

it('reverse diffusion differs from the ancestral mean by the square of β', () => {
  const difference = (variance: number) => {
    const step = { keep: Math.sqrt(1 - variance), variance };
    const [diffusion, ancestral] = [
      reverseDiffusionStep(step, 0.8),
      ancestralScoreStep(step, 0.8, Math.sqrt(variance)),
    ].map((move) => affine(move, 0.8)(-1.3, 0.2));
    expect(diffusion.z).toBe(ancestral.z);
    return Math.abs(diffusion.slope + diffusion.shift - ancestral.slope - ancestral.shift);
  };
  expectAbsolute(difference(0.02) / difference(0.01), 4, 0.1);
});

describe('the Langevin corrector', () => {
  it('is as long as its signal-to-noise ratio says', () => {
    const [score, z, noise, snr] = [[0.3, -2, 1.1], [0.5, 0.4, -1.7], 0.6, 0.16];
    const size = langevinSize(score, z, snr);
    const length = (values: number[]) => Math.hypot(...values);
    expectRelative(size * length(score), snr * Math.sqrt(2 * size) * length(z), 1e-14);
    const [x] = moved(
      [Float64Array.of(1, 1, 1)],
      weightsOf([langevinStep(size, noise)], {
        toX0: { xt: 0, prediction: 0 },
        toEpsilon: { xt: 0, prediction: -noise },
      }),
      score,
      silent,
    );
    expectClose(
      x,
      score.map((value) => 1 + size * value),
      1e-14,
    );
  });

  it('keeps the law of a Gaussian up to the square of its size', () => {
    for (const size of [0.1, 0.01]) {
      const variance = 1.7;
      const { slope, z } = affine(langevinStep(size, 0.4), 0.4)(-1 / variance);
      expectAbsolute(slope ** 2 * variance + z ** 2, variance + size ** 2 / variance, 1e-14);
    }
  });
});
