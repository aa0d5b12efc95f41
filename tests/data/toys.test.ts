import { describe, expect, it } from 'vitest';
import { all16, bars, drawn, loadDataset, points2d, two } from '../../src/lib/data/index.ts';

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
  it('are drawn anew by each seed, and the same by the same one', () => {
    const one = points2d({ count: 4000, seed: 3 });
    expect(points2d({ count: 4000, seed: 3 })).toEqual(one);
    expect(points2d({ count: 4000, seed: 4 }).images).not.toEqual(one.images);
    expect(one.images.every((v) => Math.abs(v) < 1.3)).toBe(true);
  });

  it('two moons: half circles that interlock, evenly filled, blurred as asked', () => {
    const count = 20_000;
    const { images, labels } = points2d({ count, seed: 1, noise: 0.02 });
    let [square, upper, early] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      const side = labels![i] === 0 ? 1 : -1;
      const [x, y] = [side * images[2 * i] + 0.29, side * images[2 * i + 1] + 0.15];
      square += (Math.hypot(x, y) - 0.58) ** 2 / count;
      if (labels![i] === 0) upper++;
      if (Math.atan2(y, x) > Math.PI / 2) early++;
      expect(y).toBeGreaterThan(-0.15); // seven blurs below the half circle's ends
    }
    // Across the arc the blur is that of one coordinate; five standard errors.
    expect(Math.abs(square / 0.02 ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    for (const n of [upper, early])
      expect(Math.abs(n / count - 0.5)).toBeLessThan((5 * 0.5) / Math.sqrt(count));
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
