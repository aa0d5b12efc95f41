import { describe, expect, it } from 'vitest';
import { checkerboardContrast } from '../../src/lib/math/mistakes/blur.ts';
import { rawTimeEmbedding, rawTimeEmbeddingRms } from '../../src/lib/math/mistakes/embedding.ts';
import { heat } from '../../src/lib/math/mistakes/heat.ts';
import {
  flippedTerm,
  noiseVarianceWithoutRoot,
  unscaledLinear,
} from '../../src/lib/math/mistakes/mistakes.ts';
import { traceTutorialUnet } from '../../src/lib/math/mistakes/tutorialUnet.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { ornsteinUhlenbeck, ornsteinUhlenbeckMoments } from '../../src/lib/math/process/ou.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { timeFeatures } from '../../src/lib/math/process/timeFeatures.ts';
import { expectAbsolute, expectClose, expectRelative } from './helpers.ts';

describe('Ornstein–Uhlenbeck', () => {
  it('is the forward chain in the limit: ∫β = −log ᾱ', () => {
    const schedule = makeSchedule('linear', 1000);
    const moments = ornsteinUhlenbeckMoments(1, 0, -Math.log(schedule.alphaBar[600]));
    expectRelative(moments.mean, Math.sqrt(schedule.alphaBar[600]), 1e-12);
    expectRelative(moments.variance, schedule.noiseVariance[600], 1e-12);
  });
  it('has these moments (50,000 draws, 5 standard errors)', () => {
    const n = 50_000;
    const rng = createRng('ou');
    const start = new Float64Array(n).fill(2);
    const stats = (x: Float64Array) => {
      const mean = x.reduce((a, b) => a + b, 0) / n;
      return [mean, x.reduce((s, v) => s + (v - mean) ** 2, 0) / n];
    };
    const [mean, variance] = stats(ornsteinUhlenbeck(ornsteinUhlenbeck(start, 0.3, rng), 0.5, rng));
    const exact = ornsteinUhlenbeckMoments(2, 0, 0.8);
    expectAbsolute(mean, exact.mean, 5 / Math.sqrt(n));
    expectAbsolute(variance, exact.variance, 5 * Math.sqrt(2 / n));
  });
});

describe('heat', () => {
  it('conserves ink, spreads a spot by √(2s), and needs no noise', () => {
    const spot = new Float64Array(41 * 41);
    spot[20 * 41 + 20] = 1;
    const later = heat(spot, 41, 4);
    let [mass, square] = [0, 0];
    later.forEach((v, k) => {
      mass += v;
      square += v * (Math.floor(k / 41) - 20) ** 2;
    });
    expectRelative(mass, 1, 1e-12);
    expectRelative(square, 8, 1e-7);
    expectClose(heat(heat(spot, 41, 1), 41, 3), later, 1e-13);
  });
});

describe('blur', () => {
  it.each([0.5, 1, 2])('leaves of a checkerboard what Poisson’s sum says (σ = %f)', (sigma) => {
    // Σ (−1)^k e^{−k²/2σ²} and Σ e^{−k²/2σ²} are sums of the bell's Fourier transform at odd and at even multiples of π.
    const sum = (first: number) => {
      let total = 0;
      for (let m = first - 20; m <= first + 20; m += 2)
        total += Math.exp(-((Math.PI * m * sigma) ** 2) / 2);
      return total;
    };
    // The kernel ends at 8σ, at e^{−32} of its height; at σ = 2 the odd sum is 5e-9 of the even one.
    expectRelative(checkerboardContrast(sigma), (sum(1) / sum(0)) ** 2, 1e-5);
  });
  it('has a width', () => {
    expect(() => checkerboardContrast(0)).toThrow(/σ > 0/);
  });
});

describe('mistakes', () => {
  const schedule = makeSchedule('linear', 50);
  it('β for √β is a simulation’s variance (20,000 draws, 5 standard errors)', () => {
    const rng = createRng('root');
    const n = 20_000;
    let x = new Float64Array(n);
    for (let t = 1; t <= 50; t++) {
      x = x.map((v) => Math.sqrt(1 - schedule.beta[t]) * v + schedule.beta[t] * rng.normal());
    }
    const expected = noiseVarianceWithoutRoot(schedule)[50];
    const variance = x.reduce((s, v) => s + v * v, 0) / n;
    expectAbsolute(variance, expected, 5 * expected * Math.sqrt(2 / n));
    expect(expected).toBeLessThan(0.5);
  });
  it('the flipped term is −k²/(2β̃)', () => {
    for (const k of [0, 1, 3]) expectAbsolute(flippedTerm(k, 0.07), -(k * k) / 0.14, 1e-10);
  });
  it('a short chain with long β never forgets', () => {
    expect(unscaledLinear(50).alphaBar[50]).toBeGreaterThan(0.5);
    expect(schedule.alphaBar[50]).toBeLessThan(1e-3);
  });
});

describe('time embeddings', () => {
  it('the sinusoidal one stays within ±1 and tells times apart', () => {
    const at = (t: number) => timeFeatures([t], 1000, 64);
    expect([...at(0).slice(32)]).toEqual(new Array(32).fill(1));
    for (const t of [1, 500, 1000]) expect(Math.max(...at(t).map(Math.abs))).toBeLessThanOrEqual(1);
    expect(Math.hypot(...at(1).map((v, i) => v - at(2)[i]))).toBeGreaterThan(0.5);
  });
  it('the raw one has the stated root mean square (4,000 draws)', () => {
    for (const t of [1, 1000]) {
      const rng = createRng('raw');
      let square = 0;
      for (let i = 0; i < 4000; i++) {
        square += rawTimeEmbedding(t, 16, rng).reduce((s, v) => s + v * v, 0) / 16 / 4000;
      }
      expectRelative(Math.sqrt(square), rawTimeEmbeddingRms(t, 16), 0.03);
    }
  });
});

describe('the U-Net of the listing', () => {
  it('lists its layers up to the one that fails', () => {
    const { lines, error, parameters } = traceTutorialUnet({
      imageSize: 28,
      layers: 2,
      broadcastEmbedding: true,
    });
    expect(lines.map((l) => l.layer)).toEqual([
      'time embedding',
      'concatenate image and embedding',
      'down 0',
      'down 1',
      'middle',
      'concatenate skip 1',
      'up 1',
      'concatenate skip 0',
    ]);
    expect(lines.at(-1)!.shape).toEqual([2, 96, 14, 14]);
    expect(error).toContain('to have 64 channels, but got 96 channels instead');
    expect(parameters).toBeGreaterThan(lines.reduce((s, l) => s + l.parameters, 0));
  });
  it('counts the same parameters by layer and in all, where it runs', () => {
    const trace = traceTutorialUnet({
      imageSize: 32,
      layers: 3,
      broadcastEmbedding: true,
      mendChannels: true,
    });
    expect(trace.error).toBeNull();
    expect(trace.lines.reduce((s, l) => s + l.parameters, 0)).toBe(trace.parameters);
  });
  it('runs out of pixels', () => {
    const options = { imageSize: 2, layers: 2, broadcastEmbedding: true };
    expect(traceTutorialUnet(options).error).toContain('Output size is too small');
  });
});
