/** Each mistake breaks what it says it breaks. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BUG_NAMES, type BugName, partsOf } from '../../src/lib/math/mistakes/bugs.ts';
import { RIGHT_PARTS } from '../../src/lib/math/mistakes/parts.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { ddimStep } from '../../src/lib/math/samplers/ddim.ts';
import { readingOf, weightsOf } from '../../src/lib/math/samplers/program.ts';
import { SAMPLER_NAMES, type SamplerChoice } from '../../src/lib/math/samplers/record.ts';

const schedule = makeSchedule('cosine', 100);

/** What a step of a network that predicts ε does to x. */
function weights(t: number, s: number, choice: SamplerChoice, bug?: BugName) {
  const [{ sets }] = partsOf(bug).moves(schedule, [t, s], choice);
  return weightsOf(sets, readingOf('epsilon', t, schedule))[0];
}

/** Variance of x_s given x_0 when the network knows ε exactly: (a√(1−ᾱ_t) + b)² + c²; right is 1−ᾱ_s. */
function variance(t: number, s: number, eta: number, bug?: BugName): number {
  const { registers, answer, z } = weights(t, s, { sampler: 'ddim', eta }, bug);
  const [a, b, c] = [registers[0], answer, z];
  return (a * Math.sqrt(schedule.noiseVariance[t]) + b) ** 2 + c ** 2;
}

describe('the bug lab', () => {
  it('leaves the right program alone', () => {
    expect(partsOf()).toBe(RIGHT_PARTS);
    expect(RIGHT_PARTS.forward(schedule)).toBe(schedule);
    expect(variance(80, 60, 0.7)).toBeCloseTo(schedule.noiseVariance[60], 9);
    expect(RIGHT_PARTS.settings({ weights: 'ema', clip: true })).toEqual({
      weights: 'ema',
      clip: true,
    });
  });

  it('betaNotSqrt: the noise of x_T is far from 1', () => {
    const wrong = partsOf('betaNotSqrt').forward(schedule);
    let chain = 0;
    for (let t = 1; t <= 50; t++) chain = (1 - schedule.beta[t]) * chain + schedule.beta[t] ** 2;
    expect(wrong.noiseVariance[50]).toBeCloseTo(chain, 12);
    expect(wrong.noiseVariance[50]).toBeLessThan(0.1 * schedule.noiseVariance[50]);
    expect(wrong.alphaBar).toBe(schedule.alphaBar);
  });

  it('wrongAlphaBar: the data get the noise of the next t', () => {
    const wrong = partsOf('wrongAlphaBar').forward(schedule);
    expect(wrong.alphaBar[10]).toBe(schedule.alphaBar[11]);
    expect(wrong.noiseVariance[100]).toBe(schedule.noiseVariance[100]);
  });

  it('wrongEta: too much noise by σ²; ddimOffByOne: too much of the noise of t', () => {
    const sigma = ddimStep(schedule, 80, 60, 1).z!;
    for (const eta of [0, 1])
      expect(variance(80, 60, eta, 'wrongEta')).toBeCloseTo(
        schedule.noiseVariance[60] + sigma ** 2,
        9,
      );
    expect(variance(80, 60, 0, 'ddimOffByOne')).toBeCloseTo(schedule.noiseVariance[79], 9);
  });

  it('noiseAtLastStep: an image that should be clean is not', () => {
    for (const sampler of SAMPLER_NAMES) {
      expect(weights(1, 0, { sampler }).z).toBe(0);
      expect(weights(1, 0, { sampler }, 'noiseAtLastStep').z).toBe(Math.sqrt(schedule.beta[1]));
    }
  });

  it('the others: what the network hears, sees, and is trained and sampled with', () => {
    expect([3, 4].map(partsOf('noTimeEmbedding').told)).toEqual([0, 0]);
    expect([...partsOf('unscaledData').data(new Float32Array([-1, 1]))]).toEqual([0, 1]);
    const hyper = { learningRate: 0.01, warmup: 10, clipNorm: 1 };
    expect(partsOf('noWarmupNoClip').hyper(hyper)).toEqual({
      learningRate: 0.1,
      warmup: 0,
      clipNorm: 0,
    });
    expect(partsOf('noEma').settings({ weights: 'ema', clip: true }).weights).toBe('raw');
    expect(partsOf('noClip').settings({ weights: 'ema', clip: true }).clip).toBe(false);
  });
});

describe('every bug of the list', () => {
  const settings = { weights: 'ema', clip: true } as const;
  const hyper = { learningRate: 0.01, warmup: 10, clipNorm: 1 };
  /** Everything that a program computes from the switches, with strides and a last step. */
  const program = (bug?: BugName) => {
    const { data, forward, told, hyper: hyperOf, settings: settingsOf, moves } = partsOf(bug);
    return {
      forward: forward(schedule),
      data: data(new Float32Array([-1, 0.5])),
      time: [1, 40].map(told),
      hyper: hyperOf(hyper),
      settings: settingsOf(settings),
      moves: moves(schedule, [80, 60, 20, 0], { sampler: 'ddim', eta: 1 }),
    };
  };

  it.each(BUG_NAMES)('%s makes one program out of the right one, and no other', (bug) => {
    const text = (name?: BugName) => JSON.stringify(program(name));
    expect(text(bug)).not.toBe(text());
    for (const other of BUG_NAMES) if (other !== bug) expect(text(bug)).not.toBe(text(other));
  });

  it('has its name on one list only: no other file of the book defines one', () => {
    const listed = globSync('src/**/*.{ts,tsx}').filter((file) => {
      const text = readFileSync(file, 'utf8');
      return BUG_NAMES.filter((name) => text.includes(`'${name}'`)).length > 1;
    });
    expect(listed).toEqual([]);
  });
});
