import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formulas } from '../../content/formulas.ts';
import { CONFIGS } from '../../src/components/widgets/network/network/networkConfigs.ts';
import { countOf, layersOf } from '../../src/components/widgets/network/network/networkLayers.ts';
import { makeSchedule, SCHEDULE_KINDS } from '../../src/lib/math/process/schedule.ts';
import { timeFeatures } from '../../src/lib/math/process/timeFeatures.ts';
import { ddimStep } from '../../src/lib/math/samplers/ddim.ts';
import { readingOf, weightsOf } from '../../src/lib/math/samplers/program.ts';
import { averageKl } from '../../src/lib/plots/going-back/reverseKernel.ts';

const text = (name: string) => readFileSync(`content/en/${name}.mdx`, 'utf8');
/** Where each string first stands, in the order given; −1 where it is missing. */
const places = (name: string, ...marks: string[]) => marks.map((mark) => text(name).indexOf(mark));
const rising = (values: number[]) => {
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(values).toEqual([...values].sort((a, b) => a - b));
};

describe('words come before their use', () => {
  it('chapter 2: the bell before the first N(0, 1), densities before KL, KL in words before its name', () => {
    rising(
      places('02-markov-chain', '<Formula name="bell"', '<Bell', '<Formula name="forwardStep"'),
    );
    rising(
      places('02-markov-chain', '<Term of="density">', 'p(x)/q(x)', '<Term of="KL divergence">'),
    );
  });
  it('chapter 1: ink and paper before the first drop', () =>
    rising(places('01-from-noise', '*ink*', '<Ink')));
  it('chapter 4: the time before the block that adds it', () =>
    rising(
      places(
        '04-network',
        '<Formula name="timeEmbedding"',
        '$\\mathbf e(t)$',
        '<Formula name="residualBlock"',
      ),
    ));
  it('chapter 5: slope, gradient and Adam, then v and conversions, then the trainer; E[ε|x_t] is explained', () => {
    rising(
      places(
        '05-training',
        'the *slope*',
        '<Term of="gradient">',
        '**Adam**',
        '**The mixture** $\\mathbf v',
        '<Formula name="conversion"',
        '<Trainer',
      ),
    );
    expect(text('05-training')).toContain('It is written $\\E[\\eps\\mid\\x_t]$');
  });
});

describe('chapter 4', () => {
  it('one halving with twice the channels costs the same: the coarse sizes do half of the work', () => {
    const layers = layersOf(CONFIGS.standard);
    const fine = layers.filter(({ name }) => ['in', 'down.0', 'up.0', 'out'].includes(name));
    // 9 · in · out for each pixel: 16 → 32 channels at 28², 32 → 64 at 14².
    expect(28 ** 2 * 9 * 16 * 32).toBe(14 ** 2 * 9 * 32 * 64);
    expect(100 * (1 - countOf(fine) / countOf(layers))).toBeCloseTo(50.5, 1);
    expect(text('04-network')).not.toMatch(/coarse levels are cheap/);
  });
  it('the formula of the time is the code’s: angles of 1000 t/T, for chains of any length', () => {
    expect(formulas.timeEmbedding.tex).toContain('1000\\,t/T');
    const [t, T] = [7, 40];
    const features = timeFeatures([t], T, 64);
    for (const k of [0, 5, 31]) {
      const angle = ((1000 * t) / T) * 10000 ** (-k / 32);
      expect(features[k]).toBeCloseTo(Math.sin(angle), 6);
      expect(features[32 + k]).toBeCloseTo(Math.cos(angle), 6);
    }
  });
});

describe('chapter 6: the family of DDIM', () => {
  it('given x_0, hands the law of training on: mean √ᾱ_s x_0, variance 1 − ᾱ_s, for every η', () => {
    for (const kind of SCHEDULE_KINDS) {
      const schedule = makeSchedule(kind, 50);
      for (const [t, s] of [
        [50, 49],
        [50, 10],
        [20, 1],
        [3, 0],
      ])
        for (const eta of [0, 0.3, 1]) {
          // The guess is right, ε̂ = ε: x_s = a·x_t + b·ε + c·z.
          const reading = readingOf('epsilon', t, schedule);
          const [weights] = weightsOf([ddimStep(schedule, t, s, eta)], reading);
          const {
            registers: [a],
            answer: b,
            z: c,
          } = weights;
          const ofX0 = a * Math.sqrt(schedule.alphaBar[t]);
          const ofNoise = a * Math.sqrt(schedule.noiseVariance[t]) + b;
          // At t = T little of x_0 is left to read: the factor a is up to 1/√ᾱ_T.
          expect(Math.abs(ofX0 - Math.sqrt(schedule.alphaBar[s]))).toBeLessThan(1e-12 * a + 1e-12);
          expect(
            Math.abs(ofNoise ** 2 + c ** 2 - schedule.noiseVariance[s]),
            `${kind} ${t} → ${s}, η ${eta}`,
          ).toBeLessThan(1e-11 * a + 1e-12);
        }
    }
  });
});

describe('chapter 7: the licence to use Gaussians', () => {
  const linear = makeSchedule('linear', 1000);
  const steps = Array.from({ length: 999 }, (_, i) => i + 2);
  it('is not that every step destroys less than 1: the linear chain has 53 that do not', () => {
    const steep = steps.filter((t) => linear.snr[t - 1] - linear.snr[t] > 1);
    expect(steep).toEqual(Array.from({ length: 53 }, (_, i) => i + 2));
  });
  it('is the average over x_t: a millionth of a nat in the dearest of them', () => {
    const costs = steps.map((t) => averageKl(linear, t));
    expect(Math.max(...costs)).toBeLessThan(1.2e-6);
    expect(text('07-going-back')).not.toMatch(/Small steps destroy little each/);
  });
});
