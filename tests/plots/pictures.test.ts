/** Still pictures: what draws them, and the laws that they show. */
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bestAnswers, WHITE } from '../../content/pictures/bound-to-loss.ts';
import drawing from '../../content/pictures/drawing.json';
import { channelOf, mostAlive } from '../../src/components/widgets/network/network/alive.ts';
import first from '../../src/components/widgets/network/network/firstLook.json';
import { CONFIGS } from '../../src/components/widgets/network/network/networkConfigs.ts';
import { layersOf } from '../../src/components/widgets/network/network/networkLayers.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { trapezoid } from '../../src/lib/math/numerics/quadrature.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { leading, linspaced, trailing } from '../../src/lib/math/samplers/spacings.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';
import { chainsOf, marginalDensity, marginals } from '../../src/lib/plots/any-step/marginals.ts';
import { drawPlot } from '../../src/markdown/drawPlot.ts';
import { greyPng } from '../../src/markdown/greyPng.ts';

/** Greys of a PNG of four bits a pixel without filters, by the specification. */
function greysOf(address: string, width: number, height: number): number[] {
  const file = Buffer.from(address.split('base64,')[1], 'base64');
  const at = file.indexOf('IDAT');
  const rows = inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)));
  const stride = 1 + Math.ceil(width / 2);
  return Array.from({ length: width * height }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    const byte = rows[y * stride + 1 + (x >> 1)];
    return x % 2 === 0 ? byte >> 4 : byte & 15;
  });
}

describe('a picture as a file', () => {
  it('has sixteen greys from black to white, and cuts off what is outside', () => {
    const values = [-2, -1, -0.5, 0, 0.5, 1, 3, 0.99, -0.99];
    expect(greysOf(greyPng(values, 3, 3), 3, 3)).toEqual([0, 0, 4, 8, 12, 15, 15, 15, 0]);
  });
});

describe('q(x_t) of a pixel', () => {
  const schedule = makeSchedule('linear', 60);
  const density = marginalDensity([-1, 1], schedule);
  it('has area 1 at every t, and the mean square of its chains', () => {
    const chains = chainsOf([-1, 1], schedule, 4000, createRng(3));
    for (const t of [1, 20, 60]) {
      expect(trapezoid((x) => density(t, x), -8, 8, 4000)).toBeCloseTo(1, 9);
      const here = chains.filter((point) => point.t === t).map(({ x }) => x * x);
      const square = trapezoid((x) => x * x * density(t, x), -8, 8, 4000);
      // Standard error of a mean of 4000 squares, below √(2/4000).
      expect(Math.abs(here.reduce((a, b) => a + b) / here.length - square)).toBeLessThan(0.1);
    }
  });
  it('is drawn at build, in colours of the theme', () => {
    const chains = chainsOf([-1, 1], schedule, 2, createRng(3));
    const svg = drawPlot(
      marginals({ values: [-1, 1], schedule, chains, axes: { value: 'x' } }),
      320,
      0.8,
    );
    expect(svg).toContain('viewBox="0 0 320 256"');
    expect(svg.match(/fill="var\(--q\)"/g)?.length).toBeGreaterThan(4);
    expect(svg).not.toMatch(/#[0-9a-f]{6}/i);
  });
});

describe('answers', () => {
  it('the best guess of ε has mean square 1 − floor', () => {
    const schedule = makeSchedule('cosine', 40);
    const { epsilon, lossFloor } = finiteDenoiser({ data: [[-1], [1]], schedule });
    const density = marginalDensity([-1, 1], schedule);
    for (const t of [5, 20, 35])
      expect(trapezoid((x) => epsilon([x], t)[0] ** 2 * density(t, x), -9, 9, 9000)).toBeCloseTo(
        1 - lossFloor(t, 'epsilon'),
        6,
      );
  });
  it('the square finds the mean, the absolute error the median, Huber neither', () => {
    const [square, absolute, huber] = bestAnswers.map(({ answer }) => answer);
    expect(square).toBeCloseTo(2 * WHITE - 1, 3);
    expect(absolute).toBeCloseTo(1, 3);
    // 0.7·(1 − a) = 0.3·δ where the far side is beyond δ: a = 1 − 0.3·0.5/0.7.
    expect(huber).toBeCloseTo(1 - (0.3 * 0.5) / 0.7, 2);
  });
  it('ten of a thousand times, as table 2 of Lin et al. has them', () => {
    const rising = (times: number[]) => [...times].reverse();
    const linspace = [1, 112, 223, 334, 445, 556, 667, 778, 889, 1000];
    expect(rising(linspaced(1000, 10))).toEqual(linspace);
    expect(rising(leading(1000, 10))).toEqual(linspace.map((_, i) => 1 + 100 * i));
    expect(rising(trailing(1000, 10))).toEqual(linspace.map((_, i) => 100 + 100 * i));
    expect(trailing(1000, 30)).toEqual(timesteps(1000, 30).slice(0, -1));
    for (const list of [leading, trailing, linspaced]) {
      expect(list(7, 1)).toHaveLength(1);
      expect(() => list(5, 6)).toThrow(RangeError);
    }
  });
});

describe('the network before it runs', () => {
  it('shows the channels that vary most, from black to white', () => {
    // Three channels of two pixels: ranges 1, 8 and 0.
    const data = [0, -4, 5, 1, 4, 5];
    expect(mostAlive(data, 3, 2).map((v) => [...v])).toEqual([
      [-1, 1],
      [-1, 1],
    ]);
    expect(channelOf(data, 3, 1).spread).toBe(8);
    expect([...channelOf(data, 3, 2).values]).toEqual([-1, -1]);
  });
  it('has a record for every block of the shipped network that gives out an image', () => {
    const blocks = layersOf(CONFIGS.deep).filter(({ kind }) => kind !== 'time');
    expect(Object.keys(first.blocks).sort()).toEqual(blocks.map(({ name }) => name).sort());
  });
  it('draws from noise to a digit: black paper, white ink', () => {
    expect(drawing.frames.map(({ t }) => t)).toEqual([1000, 700, 500, 400, 300, 200, 100, 0]);
    const middle = (pixels: string) =>
      [...pixels].filter((grey) => grey > '3' && grey < 'c').length / 784;
    expect(middle(drawing.frames[0].pixels)).toBeGreaterThan(0.3);
    expect(middle(drawing.frames[7].pixels)).toBeLessThan(0.15);
  });
});
