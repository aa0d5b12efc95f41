import { describe, expect, it } from 'vitest';
import {
  all16,
  bars,
  drawn,
  loadDataset,
  mixtureMeans,
  POINT_SHAPES,
  points2d,
  two,
} from '../../src/lib/data/index.ts';

const rows = (images: Float32Array) =>
  Array.from({ length: images.length / 4 }, (_, i) => [...images.subarray(4 * i, 4 * i + 4)]);

describe('2 × 2 images', () => {
  it('all16 is every binary image once, in binary order', () => {
    const images = rows(all16().images);
    expect(new Set(images.map(String)).size).toBe(16);
    expect(images.flat().every((v) => Math.abs(v) === 1)).toBe(true);
    expect(images[0b1001]).toEqual([1, -1, -1, 1]);
  });

  it('two is {a, −a}', () => {
    expect(rows(two().images)).toEqual([
      [1, -1, -1, 1],
      [-1, 1, 1, -1],
    ]);
  });

  it('bars and stripes are the six images with constant rows or constant columns', () => {
    const expected = [
      [-1, -1, -1, -1],
      [1, 1, 1, 1],
      [1, 1, -1, -1],
      [-1, -1, 1, 1],
      [1, -1, 1, -1],
      [-1, 1, -1, 1],
    ];
    expect(new Set(rows(bars().images).map(String))).toEqual(new Set(expected.map(String)));
    expect(bars().count).toBe(6);
  });

  it('drawn takes the reader’s images and refuses nonsense', () => {
    expect(rows(drawn([[0, 0.5, -1, 1]]).images)).toEqual([[0, 0.5, -1, 1]]);
    expect(() => drawn([])).toThrow(/no drawn image yet/);
    expect(() =>
      drawn([
        [1, 1, 1, 1],
        [1, 2, 1, 1],
      ]),
    ).toThrow(/image 2 should be four numbers/);
    expect(() => drawn([[1, 1, 1]])).toThrow(RangeError);
    expect(() => drawn([[1, 1, 1, Number.NaN]])).toThrow(RangeError);
  });
});

describe('points in the plane', () => {
  it.each(POINT_SHAPES)('%s: deterministic, near [-1, 1], centred', (shape) => {
    const one = points2d({ shape, count: 4000, seed: 3 });
    expect(points2d({ shape, count: 4000, seed: 3 })).toEqual(one);
    expect(points2d({ shape, count: 4000, seed: 4 }).images).not.toEqual(one.images);
    expect(one.images.every((v) => Math.abs(v) < 1.3)).toBe(true);
    for (const axis of [0, 1]) {
      let mean = 0;
      for (let i = axis; i < 8000; i += 2) mean += one.images[i] / 4000;
      expect(Math.abs(mean)).toBeLessThan(0.2);
    }
  });

  it('gaussians: each component has its mean, its blur and its share', () => {
    const count = 40_000;
    const { images, labels } = points2d({
      shape: 'gaussians',
      count,
      seed: 1,
      noise: 0.1,
      parts: 5,
    });
    mixtureMeans(5).forEach(([mx, my], label) => {
      let [n, x, y, square] = [0, 0, 0, 0];
      for (let i = 0; i < count; i++) {
        if (labels![i] !== label) continue;
        const [dx, dy] = [images[2 * i] - mx, images[2 * i + 1] - my];
        n++;
        x += dx;
        y += dy;
        square += dx * dx + dy * dy;
      }
      const fiveSigma = (5 * 0.1) / Math.sqrt(n);
      expect(Math.abs(n / count - 0.2)).toBeLessThan(5 * Math.sqrt((0.2 * 0.8) / count));
      expect(Math.abs(x / n)).toBeLessThan(fiveSigma);
      expect(Math.abs(y / n)).toBeLessThan(fiveSigma);
      expect(Math.abs(square / (2 * n) / 0.01 - 1)).toBeLessThan(5 / Math.sqrt(n));
    });
  });

  it.each([3, 4, 5])('checkerboard of %i: only the filled cells, all equally', (cells) => {
    const count = 20_000;
    const { images } = points2d({ shape: 'checkerboard', count, seed: 2, parts: cells });
    const hits = new Map<string, number>();
    for (let i = 0; i < count; i++) {
      const cell = [0, 1].map((axis) => Math.floor(((images[2 * i + axis] + 1) / 2) * cells));
      expect((cell[0] + cell[1]) % 2).toBe(0);
      hits.set(String(cell), (hits.get(String(cell)) ?? 0) + 1);
    }
    const filled = Math.ceil(cells ** 2 / 2);
    expect(hits.size).toBe(filled);
    for (const n of hits.values()) expect(Math.abs(n / count - 1 / filled)).toBeLessThan(0.02);
  });
});

describe('loadDataset', () => {
  it('gives every local set under its own name', async () => {
    for (const name of ['all16', 'two', 'bars', 'points', 'digits'] as const) {
      const data = await loadDataset(name, { count: 20 });
      expect(data.name).toBe(name);
      expect(data.images.length).toBe(data.count * data.height * data.width * data.channels);
      if (data.labels) expect(Math.max(...data.labels)).toBeLessThan(data.classes);
    }
    expect((await loadDataset('drawn', { drawn: [[1, 1, 1, 1]] })).count).toBe(1);
    await expect(loadDataset('drawn')).rejects.toThrow(/Draw at least one/);
  });

  it('keeps test and training images apart', async () => {
    const [train, test] = await Promise.all(
      (['train', 'test'] as const).map((split) => loadDataset('digits', { count: 10, split })),
    );
    expect([...train.labels!]).toEqual([...test.labels!]);
    expect(train.images).not.toEqual(test.images);
  });
});
