import { describe, expect, it } from 'vitest';
import {
  boundRows,
  countNearest,
  EXAMPLE_BETAS,
  perfectSamples,
  stepRows,
} from '../../src/components/widgets/four-pixels/four-pixels/fourPixels.ts';
import {
  GRID,
  onPlane,
  pointOf,
} from '../../src/components/widgets/four-pixels/learned-vs-exact/slice.ts';
import { mysteryOf } from '../../src/components/widgets/mistakes/bug-lab/bugLab.ts';
import { en as bugLab } from '../../src/components/widgets/mistakes/bug-lab/words.ts';
import { CONFIGS } from '../../src/components/widgets/network/network/networkConfigs.ts';
import { countOf, layersOf } from '../../src/components/widgets/network/network/networkLayers.ts';
import { toyData } from '../../src/lib/data/toyData.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { graphFlops } from '../../src/lib/tensor/graph/node.ts';
import { graphOf } from '../../src/lib/tensor/networks/index.ts';
import { countParameters } from '../../src/lib/tensor/params.ts';

const example = scheduleFromBetas(EXAMPLE_BETAS);

describe('the 2×2 calculator', () => {
  it('agrees with the tanh denoiser, integrated by brute force', () => {
    // mmse of one ±1 pixel at SNR γ: E[1 − tanh²(√ᾱ x/(1−ᾱ))], x = √ᾱ + √(1−ᾱ) z, by the trapezoid rule.
    for (const { t, mmse } of stepRows(example, toyData('all16'))) {
      const [a, v] = [example.alphaBar[t], example.noiseVariance[t]];
      let sum = 0;
      for (let z = -10; z <= 10; z += 0.001) {
        const x = Math.sqrt(a) + Math.sqrt(v) * z;
        sum +=
          (0.001 * Math.exp((-z * z) / 2) * (1 - Math.tanh((Math.sqrt(a) * x) / v) ** 2)) /
          Math.sqrt(2 * Math.PI);
      }
      expect(mmse).toBeCloseTo(4 * sum, 7);
    }
  });

  it('orders the reverse steps as theory does: exact ≤ best Gaussian ≤ any fixed variance, never below the entropy', () => {
    for (const set of ['all16', 'two'] as const) {
      const [exact, gaussian, betaTilde, beta] = boundRows(makeSchedule('cosine', 6), toyData(set));
      expect(exact.total).toBeGreaterThan(exact.entropy);
      expect(exact.total).toBeLessThanOrEqual(gaussian.total);
      expect(gaussian.total).toBeLessThan(Math.min(betaTilde.total, beta.total));
    }
  });

  it('samples the data law when no signal is left at T', () => {
    expect(perfectSamples(makeSchedule('cosine', 50), toyData('two', 0.7))[0]).toBeCloseTo(0.7, 5); // 1e-6 of signal is left
    expect(perfectSamples(example, toyData('two', 0.7))[0]).toBeLessThan(0.6);
  });

  it('counts each sample for its nearest image', () => {
    const { data } = toyData('two');
    expect(countNearest([0.2, -0.1, -0.3, 0.1, -2, 1, 1, -1, 0.9, -1, -1, 1], data)).toEqual([
      2, 1,
    ]);
  });

  it('puts plane points where they came from', () => {
    for (const u of GRID)
      expect(onPlane(pointOf(u, 1.5))).toEqual({ u: expect.closeTo(u), w: expect.closeTo(1.5) });
  });
});

describe('the diagram of the network', () => {
  it.each(Object.entries(CONFIGS))('%s: blocks add up to the model', (_, config) => {
    const layers = layersOf(config);
    const graph = graphOf(config);
    expect(layers.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(
      countParameters(graph.specs),
    );
    expect(2 * countOf(layers)).toBe(graphFlops(graph));
  });
  it('has the 147,745 parameters of the bench', () => {
    expect(layersOf(CONFIGS.standard).reduce((sum, { parameters }) => sum + parameters, 0)).toBe(
      147_745,
    );
  });
});

describe('the bug lab', () => {
  it('hides every mistake sooner or later, and the same one for the same round', () => {
    const found = new Set(Array.from({ length: 200 }, (_, round) => mysteryOf(round)));
    expect([...found].sort()).toEqual(Object.keys(bugLab.suspects).sort());
    expect(mysteryOf(7)).toBe(mysteryOf(7));
  });
});
