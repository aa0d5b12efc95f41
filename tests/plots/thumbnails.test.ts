import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HEIGHT, WIDTH } from '../../src/lib/plots/home/frame.ts';
import { THUMBNAILS } from '../../src/lib/plots/home/thumbnails.ts';

const chapters = readdirSync('content/en').map((name) => name.replace(/^\d+-|\.mdx$/g, ''));

/** The points of a path of straight lines, in the picture's units. */
const points = (d: string) =>
  [...d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

describe('the pictures beside the chapters', () => {
  it('are there for all but the first, which shows digits', () =>
    expect(Object.keys(THUMBNAILS).sort()).toEqual(
      chapters.filter((name) => name !== 'from-noise').sort(),
    ));

  it.each(Object.entries(THUMBNAILS))('%s: stays in its frame', (_, draw) => {
    const shapes = draw();
    expect(shapes.length).toBeGreaterThan(0);
    for (const { d } of shapes) {
      expect(d).not.toMatch(/NaN|Infinity|undefined/);
      for (const [x, y] of points(d)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(WIDTH);
        expect(y).toBeGreaterThanOrEqual(-6);
        expect(y).toBeLessThanOrEqual(HEIGHT + 6);
      }
    }
  });

  it('end where the exact sampler ends: at black or white', () => {
    const paths = (name: string) => THUMBNAILS[name]().filter(({ stroke }) => stroke);
    const starts = new Set(paths('markov-chain').map(({ d }) => points(d)[0].join()));
    const ends = new Set(paths('sampling').map(({ d }) => points(d).at(-1)?.[1]));
    expect(starts.size).toBe(2);
    expect(ends.size).toBe(2);
    expect([...ends].sort()).toEqual([...starts].map((at) => Number(at.split(',')[1])).sort());
  });
});
