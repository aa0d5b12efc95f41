import { describe, expect, it } from 'vitest';
import {
  BELL,
  drawnShape,
  planeShape,
  SHAPE_NAMES,
  shapeDraws,
} from '../../src/lib/data/planeShapes.ts';
import { points2d } from '../../src/lib/data/points2d.ts';
import { blurredDenoiser } from '../../src/lib/math/exact/blurred.ts';
import { bellGrid, bellLine } from '../../src/lib/math/numerics/bellGrid.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { straight } from '../../src/lib/math/process/straight.ts';
import { conditionalAt } from '../../src/lib/plots/plane/conditionals.ts';
import { arrowsAt, densityAt, HEAT, shades } from '../../src/lib/plots/plane/field.ts';
import { cells, cloudAt, coordinate, placeAt, REACH } from '../../src/lib/plots/plane/view.ts';
import { computeMarginal, computeWalk } from '../../src/lib/worker/exact/plane.ts';

const schedule = makeSchedule('cosine', 200);
const named = { kind: 'cosine', T: 200 } as const;

describe('shapes in the plane', () => {
  const shapes = [
    ...SHAPE_NAMES.map((name) => [name, planeShape(name)] as const),
    [
      'a drawing',
      drawnShape([
        [
          [0.1, 0.1],
          [0.9, 0.2],
          [0.5, 0.8],
        ],
        [[0.3, 0.3]],
      ])!,
    ] as const,
  ];
  it.each(shapes)('%s: mean 0, and variance 1 with the bells', (_, { centres, parts }) => {
    const n = parts.length;
    let [x, y, square] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      x += centres[2 * i] / n;
      y += centres[2 * i + 1] / n;
      square += (centres[2 * i] ** 2 + centres[2 * i + 1] ** 2) / (2 * n);
    }
    expect(Math.hypot(x, y)).toBeLessThan(1e-12);
    expect(square + BELL ** 2).toBeCloseTo(1, 12);
    expect(new Set(parts)).toEqual(new Set([0, 1]));
  });

  it('are even lines: the density along a shape hardly waves', () => {
    for (const name of SHAPE_NAMES) {
      const { centres } = planeShape(name);
      const at = (k: number, u: number) => {
        const x = centres[2 * k] + u * (centres[2 * k + 2] - centres[2 * k]);
        const y = centres[2 * k + 1] + u * (centres[2 * k + 3] - centres[2 * k + 1]);
        return bellGrid(centres, BELL ** 2, [x], [y])[0];
      };
      // In the middle of a stroke, on a centre and between two.
      expect(Math.abs(at(20, 0.5) / at(20, 0) - 1), name).toBeLessThan(0.03);
    }
  });

  it('are nothing before a stroke is drawn, and a bell for a single tap', () => {
    expect(drawnShape([])).toBeNull();
    expect(drawnShape([[]])).toBeNull();
    const { centres } = drawnShape([[[0.2, 0.7]]])!;
    expect(Math.max(...centres.map(Math.abs))).toBeLessThan(1e-9);
  });

  it('are what a network learns when it is given their centres', () => {
    const { centres } = planeShape('rings');
    const rows = Array.from({ length: centres.length / 2 }, (_, i) => [
      ...centres.subarray(2 * i, 2 * i + 2),
    ]);
    const { images, labels } = points2d({ count: 500, centres: rows, seed: 3 });
    const { points } = shapeDraws(planeShape('rings'), 500, 3);
    expect(images).toEqual(Float32Array.from(points));
    expect(labels).toBeNull();
  });
});

describe('densities on a grid', () => {
  const { centres } = planeShape('moons');
  const bells = { centres, deviation: BELL };
  const rows = Array.from({ length: centres.length / 2 }, (_, i) =>
    centres.slice(2 * i, 2 * i + 2),
  );
  const exact = blurredDenoiser({ schedule, centres: rows, deviation: BELL });

  it('have mass 1 in the plane and on the line', () => {
    const places = Float64Array.from({ length: 361 }, (_, k) => -9 + k * 0.05);
    for (const variance of [0.02, 0.3, 1]) {
      const plane = bellGrid(centres, variance, places, places);
      expect(plane.reduce((sum, d) => sum + d * 0.05 ** 2, 0)).toBeCloseTo(1, 6);
      const line = bellLine(centres, variance, places);
      expect(line.reduce((sum, d) => sum + d * 0.05, 0)).toBeCloseTo(1, 6);
    }
  });

  it('are those of the exact denoiser, cell by cell', () => {
    const places = cells(HEAT);
    for (const t of [1, 80, 200]) {
      const density = densityAt(bells, schedule, t);
      for (const [r, c] of [
        [10, 20],
        [36, 36],
        [30, 50],
      ]) {
        const here = [places[c], places[HEAT - 1 - r]];
        expect(Math.abs(density[r * HEAT + c] - Math.exp(exact.logDensity(here, t)))).toBeLessThan(
          1e-11,
        );
      }
    }
  });

  it('of one coordinate are the plane’s, summed over the other', () => {
    const places = Float64Array.from([-0.8, 0, 0.6]);
    const ys = Float64Array.from(centres.filter((_, k) => k % 2 === 1));
    const marginal = computeMarginal({ schedule: named, centres: ys, deviation: BELL, places });
    const xs = Float64Array.from({ length: 361 }, (_, k) => -9 + k * 0.05);
    for (const t of [0, 100, 200]) {
      const signal = Math.sqrt(schedule.alphaBar[t]);
      const variance = schedule.noiseVariance[t] + (signal * BELL) ** 2;
      const plane = bellGrid(
        centres.map((c) => signal * c),
        variance,
        xs,
        places,
      );
      places.forEach((_, k) => {
        const row = plane.subarray(k * xs.length, (k + 1) * xs.length);
        const sum = row.reduce((total, d) => total + 0.05 * d, 0);
        expect(marginal[t * places.length + k]).toBeCloseTo(sum, 6);
      });
    }
  });

  it('are shaded from nothing to the strongest', () => {
    const alpha = (k: number) => shades([0, 1, 4], [1, 2, 3], 0.5)[4 * k + 3];
    expect([alpha(0), alpha(2)]).toEqual([0, 128]);
    expect(alpha(1)).toBe(64);
  });

  it('are climbed by the arrows', () => {
    const t = 60;
    const small = 0.01;
    for (const { x, y, dx, dy } of arrowsAt(exact, bells, schedule, t)) {
      const length = Math.hypot(dx, dy);
      expect(length).toBeLessThan((2 * REACH) / 17);
      const on = exact.logDensity([x + (small * dx) / length, y + (small * dy) / length], t);
      expect(on).toBeGreaterThan(exact.logDensity([x, y], t));
    }
  });
});

describe('a place on the way', () => {
  it('lies between the frames around its time, whichever way they run', () => {
    expect(placeAt([0, 1, 2, 3], 1.25)).toEqual({ frame: 1, share: 0.25 });
    expect(placeAt([10, 5, 0], 6)).toEqual({ frame: 0, share: 0.8 });
    expect(placeAt([10, 5, 0], 5)).toEqual({ frame: 1, share: 0 });
    expect(placeAt([0, 1, 2], 9)).toEqual({ frame: 2, share: 0 });
    expect(placeAt([10, 5, 0], 11)).toEqual({ frame: 0, share: 0 });
    expect(placeAt([0], 4)).toEqual({ frame: 0, share: 0 });
  });
  it('has particles on straight lines between frames', () => {
    const paths = { times: [2, 0], frames: Float32Array.of(0, 4, 2, 0) };
    expect(coordinate(paths, placeAt(paths.times, 1.5), 1)).toBeCloseTo(3, 12);
    expect([...cloudAt(paths, 1)]).toEqual([1, 2]);
  });
});

describe('the worker’s walks', () => {
  const { centres } = planeShape('moons');
  const back = { way: 'back', schedule: named, centres, deviation: BELL, seed: 7 } as const;

  it('back start from the noise that a network is given for the same seed', () => {
    const { frames, times } = computeWalk({
      ...back,
      choice: { sampler: 'ddim' },
      steps: 5,
      from: { count: 3 },
    });
    const streams = [0, 1, 2].map((i) => createRng(7).fork('sample').fork(i));
    const noise = streams.flatMap((rng) => [rng.normal(), rng.normal()]);
    expect([...frames.subarray(0, 6)]).toEqual([...Float32Array.from(noise)]);
    expect(times).toEqual([200, 160, 120, 80, 40, 0]);
  });

  it('back go on from where the forward chain has ended, and end on the shape', () => {
    const count = 100;
    const { points } = shapeDraws(planeShape('moons'), count, 1);
    const forward = computeWalk({ way: 'forward', schedule: named, x0: points, seed: 2 });
    const from = forward.frames.slice(-2 * count);
    const { frames } = computeWalk({ ...back, choice: { sampler: 'ddpm' }, steps: 50, from });
    expect(frames.subarray(0, 2 * count)).toEqual(from);
    const ends = frames.subarray(-2 * count);
    let near = 0;
    for (let i = 0; i < count; i++) {
      let least = Number.POSITIVE_INFINITY;
      for (let k = 0; k < centres.length; k += 2)
        least = Math.min(
          least,
          Math.hypot(ends[2 * i] - centres[k], ends[2 * i + 1] - centres[k + 1]),
        );
      if (least < 4 * BELL) near++;
    }
    expect(near).toBeGreaterThan(0.95 * count);
  });
});

describe('ways of pairs', () => {
  it('begin at the datum, end at the noise, and are straight on the straight path', () => {
    const ends = { x0: [1, 2, -1, 0.5], noise: [0.3, -2, 0, 1] };
    const path = straight();
    for (const i of [0, 1]) {
      expect(conditionalAt(ends, i, path, 0)).toEqual(ends.x0.slice(2 * i, 2 * i + 2));
      expect(conditionalAt(ends, i, path, 1)).toEqual(ends.noise.slice(2 * i, 2 * i + 2));
    }
    expect(conditionalAt(ends, 0, path, 0.25)[1]).toBeCloseTo(1, 12);
    // On a chain they bend: signal and noise do not add up to 1.
    const [x, y] = conditionalAt({ x0: [1, 0], noise: [0, 1] }, 0, schedule, 100);
    expect(x * x + y * y).toBeCloseTo(1, 12);
    // Between two times of the chain too: a line is drawn in pieces, and the clock does not stop at whole times.
    const between = conditionalAt({ x0: [1, 0], noise: [0, 1] }, 0, schedule, 8.25);
    expect(between[0]).toBeLessThan(
      conditionalAt({ x0: [1, 0], noise: [0, 1] }, 0, schedule, 8)[0],
    );
    expect(conditionalAt({ x0: [1, 0], noise: [0, 1] }, 0, schedule, 0)).toEqual([1, 0]);
  });
});

describe('the worker’s walks on the straight path', () => {
  const { centres } = planeShape('moons');
  const request = { centres, deviation: BELL, seed: 7, from: { count: 40 } };
  const back = { way: 'back', schedule: named, straight: true, ...request } as const;

  it('start from the noise of the chain, and one step of Euler’s ends at the mean of the data', () => {
    const choice = { sampler: 'ddim' } as const;
    const { frames, times } = computeWalk({ ...back, choice, steps: 1 });
    const chain = computeWalk({ ...back, straight: false, choice, steps: 1 });
    expect(frames.subarray(0, 80)).toEqual(chain.frames.subarray(0, 80));
    expect(times).toEqual([1, 0]);
    // The mean of every shape is 0; frames are float32.
    for (const x of frames.subarray(80)) expect(Math.abs(x)).toBeLessThan(1e-6);
  });

  it('of reflow end in one step near where the flow ends in many', () => {
    const { frames } = computeWalk({ ...back, choice: { sampler: 'heun' }, steps: 30 });
    const one = computeWalk({ way: 'reflow', ...request, choice: { sampler: 'ddim' }, steps: 1 });
    const [ends, ofOne] = [frames, one.frames].map((all) => all.subarray(-80));
    let square = 0;
    for (let k = 0; k < 80; k++) square += (ends[k] - ofOne[k]) ** 2 / 40;
    // Noise is laid out at every 0.09, so a particle is paired up to half a diagonal from its place; without pairs the mean
    // square is that of the data, 2.
    expect(square).toBeLessThan(0.05);
  });
});
