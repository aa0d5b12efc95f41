import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../src/lib/data/index.ts';
import { loadIdx, toDataset } from '../../src/lib/data/mnist.ts';
import sources from '../../src/lib/data/sources.json' with { type: 'json' };

const idx = (shape: number[], data: number[]) => ({ shape, data: Uint8Array.from(data) });

describe('MNIST', () => {
  it('maps 0 … 255 to [-1, 1] and keeps labels', () => {
    const data = toDataset(
      'mnist',
      idx([2, 1, 3], [0, 255, 51, 102, 204, 153]),
      idx([2], [7, 3]),
      10,
      2,
    );
    [-1, 1, -0.6, -0.2, 0.6, 0.2].forEach((v, i) => {
      expect(data.images[i]).toBeCloseTo(v, 6);
    });
    expect(data).toMatchObject({ count: 2, height: 1, width: 3, channels: 1, classes: 2 });
    expect([...data.labels!]).toEqual([7, 3]);
  });

  it('keeps the first `limit` images', () => {
    const data = toDataset('mnist', idx([3, 1, 1], [0, 255, 0]), idx([3], [1, 2, 3]), 2, 10);
    expect([data.count, [...data.images], [...data.labels!]]).toEqual([2, [-1, 1], [1, 2]]);
  });

  it('refuses images and labels that do not belong together', () => {
    expect(() => toDataset('mnist', idx([2, 1, 1], [0, 0]), idx([3], [1, 2, 3]), 9, 10)).toThrow(
      DataError,
    );
  });

  it.each([
    ['mnist', '/book/', '/book/data/mnist/'],
    ['fashion', '/book', '/book/data/fashion-mnist/'],
  ] as const)('%s: asks the own origin first, then pinned copies', async (name, baseUrl, own) => {
    const asked: string[] = [];
    const offline = (async (url: string) => {
      asked.push(url);
      throw new TypeError('Failed to fetch');
    }) as unknown as typeof fetch;
    const error = await loadIdx(name, { fetch: offline, cache: null, baseUrl }).then(
      () => null,
      (reason) => reason,
    );
    expect(error).toMatchObject({ name: 'DataError', code: 'unreachable', fallback: 'digits' });
    const file = 'train-images-idx3-ubyte.gz';
    const unpacked = 'train-images-idx3-ubyte';
    expect(asked).toEqual([
      own + file,
      own + unpacked,
      ...sources[name].mirrors.map((mirror) => mirror + file),
    ]);
    expect(asked[2]).toMatch(/[@/][0-9a-f]{40}\//);
  });

  it('names every published file with both sums', () => {
    for (const { files } of [sources.mnist, sources.fashion]) {
      for (const file of Object.values(files)) {
        expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(file.rawSha256).toMatch(/^[0-9a-f]{64}$/);
        expect(file.rawBytes).toBe(
          /images/.test(file.name)
            ? file.name.startsWith('t10k')
              ? 7840016
              : 47040016
            : file.name.startsWith('t10k')
              ? 10008
              : 60008,
        );
      }
    }
  });
});

const prepared = new URL('../../public/data/', import.meta.url);

// The files are not part of the repository; `npm run data` brings them.
describe.skipIf(!existsSync(new URL('mnist/t10k-images-idx3-ubyte.gz', prepared)))(
  'the prepared files',
  () => {
    const local = (async (url: string) => {
      const path = new URL(`.${url.replace(/^\/data/, '')}`, prepared);
      return existsSync(path)
        ? new Response(readFileSync(path))
        : new Response('', { status: 404 });
    }) as unknown as typeof fetch;

    it.each([
      ['MNIST', 'mnist', [7, 2, 1, 0, 4]],
      ['Fashion-MNIST', 'fashion', [9, 2, 1, 1, 6]],
    ] as const)(
      '%s test split: 10,000 images, first labels as published',
      async (title, name, first) => {
        const bars: number[] = [];
        const data = await loadIdx(name, {
          split: 'test',
          fetch: local,
          cache: null,
          onProgress: ({ loaded, total, label }) => {
            bars.push(loaded / total);
            expect(label).toBe(`${title}, test images`);
          },
        });
        expect(data).toMatchObject({
          count: 10_000,
          height: 28,
          width: 28,
          channels: 1,
          classes: 10,
        });
        expect([...data.labels!.subarray(0, 5)]).toEqual(first);
        expect(bars.at(-1)).toBe(1);
        expect(bars).toEqual([...bars].sort((a, b) => a - b));
      },
    );
  },
);
