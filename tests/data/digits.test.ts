import { describe, expect, it } from 'vitest';
import { drawnDigits, drawStrokes } from '../../src/lib/data/index.ts';

const SIZE = 784;
const image = (images: Float32Array, i: number) => images.subarray(i * SIZE, (i + 1) * SIZE);

describe('drawn digits', () => {
  const { images, labels, ...shape } = drawnDigits({ count: 600, seed: 5 });

  it('are a labelled data set of 28 × 28 grey images in [-1, 1]', () => {
    expect(shape).toMatchObject({
      name: 'digits',
      count: 600,
      height: 28,
      width: 28,
      channels: 1,
      classes: 10,
    });
    expect(images.every((v) => v >= -1 && v <= 1)).toBe(true);
    expect([...labels!.subarray(0, 12)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  });

  it('depend on (seed, index) alone', () => {
    const part = drawnDigits({ count: 7, seed: 5, start: 123 });
    expect(part.images).toEqual(images.slice(123 * SIZE, 130 * SIZE));
    expect([...part.labels!]).toEqual([...labels!.subarray(123, 130)]);
    expect(drawnDigits({ count: 7, seed: 6, start: 123 }).images).not.toEqual(part.images);
  });

  it('never repeat', () => {
    const seen = new Set(Array.from({ length: 600 }, (_, i) => image(images, i).join()));
    expect(seen.size).toBe(600);
  });

  it('sit as in MNIST: within 20 pixels, centre of mass in the middle', () => {
    for (let i = 0; i < 600; i++) {
      let [mass, mx, my] = [0, 0, 0];
      let [left, right, top, bottom] = [28, -1, 28, -1];
      image(images, i).forEach((value, at) => {
        const [x, y, ink] = [at % 28, Math.floor(at / 28), (value + 1) / 2];
        mass += ink;
        mx += ink * (x + 0.5);
        my += ink * (y + 0.5);
        if (ink > 0.5) {
          [left, right] = [Math.min(left, x), Math.max(right, x)];
          [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
        }
      });
      expect(Math.abs(mx / mass - 14)).toBeLessThan(0.8);
      expect(Math.abs(my / mass - 14)).toBeLessThan(0.8);
      const longest = Math.max(right - left, bottom - top) + 1;
      expect(longest).toBeLessThanOrEqual(21);
      expect(longest).toBeGreaterThanOrEqual(15);
    }
  });

  it('have the ink of handwriting: as much as MNIST on average, saturated strokes, soft edges', () => {
    const share = (test: (v: number) => boolean) =>
      images.reduce((n, v) => n + (test(v) ? 1 : 0), 0) / images.length;
    // MNIST's training set: mean 0.1307 of full ink; 81 % of all pixels empty.
    const mean = images.reduce((sum, v) => sum + (v + 1) / 2, 0) / images.length;
    expect(mean).toBeGreaterThan(0.08);
    expect(mean).toBeLessThan(0.16);
    expect(share((v) => v === -1)).toBeGreaterThan(0.75);
    expect(share((v) => v > 0.95)).toBeGreaterThan(0.04);
    expect(share((v) => v > -0.9 && v < 0.9)).toBeGreaterThan(0.04);
  });

  it('can be told apart: nearest neighbour among 2,000 of another seed names 97 % of them', () => {
    const known = drawnDigits({ count: 2000, seed: 1 });
    let right = 0;
    for (let i = 0; i < 300; i++) {
      const asked = image(images, i);
      let [best, name] = [Infinity, -1];
      for (let k = 0; k < known.count; k++) {
        let distance = 0;
        const from = k * SIZE;
        for (let p = 0; p < SIZE && distance < best; p++)
          distance += (asked[p] - known.images[from + p]) ** 2;
        if (distance < best) [best, name] = [distance, known.labels![k]];
      }
      if (name === labels![i]) right++;
    }
    expect(right / 300).toBeGreaterThanOrEqual(0.97);
  });
});

describe('draw your own', () => {
  it('draws nothing, a dot, and a centred stroke', () => {
    expect(drawStrokes([]).every((v) => v === -1)).toBe(true);
    expect(drawStrokes([[]]).every((v) => v === -1)).toBe(true);
    const dot = drawStrokes([[[0.1, 0.1]]]);
    expect(dot[14 * 28 + 14]).toBeGreaterThan(0.5);
    expect(dot[0]).toBe(-1);
    const line = drawStrokes([
      [
        [0.9, 0.05],
        [0.9, 0.3],
      ],
    ]);
    const rows = Array.from({ length: 28 }, (_, y) =>
      Math.max(line[y * 28 + 13], line[y * 28 + 14]),
    );
    expect(rows.filter((v) => v > 0).length).toBe(20);
    expect(rows[3]).toBe(-1);
  });

  it('keeps a drawing where it is when asked', () => {
    const line = drawStrokes(
      [
        [
          [0, 0.5],
          [1, 0.5],
        ],
      ],
      { centre: false, radius: 1 },
    );
    expect(line[14 * 28]).toBe(1);
    expect(line[14 * 28 + 27]).toBe(1);
    expect(line[10 * 28 + 14]).toBe(-1);
  });
});
