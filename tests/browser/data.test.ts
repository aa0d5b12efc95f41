import { expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import {
  fetchVerified,
  gunzip,
  openDataCache,
  sha256Hex,
} from '../../src/lib/data/fetchVerified.ts';
import { drawnDigits } from '../../src/lib/data/index.ts';
import { DIGITS } from './support/inNode.ts';

const collect = async (stream: ReadableStream<BufferSource>) =>
  new Uint8Array(await new Response(stream).arrayBuffer());

it('streams, verifies, keeps and unpacks a file with the browser’s own fetch, cache and gzip', async () => {
  const raw = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31 + (i >> 7)) & 0xff);
  const packed = await collect(new Blob([raw]).stream().pipeThrough(new CompressionStream('gzip')));
  const file = { name: 'numbers.gz', bytes: packed.length, sha256: await sha256Hex(packed) };
  const good = URL.createObjectURL(new Blob([packed]));
  const cut = URL.createObjectURL(new Blob([packed.slice(0, -1)]));
  const progress: number[] = [];
  const onProgress = ({ loaded }: { loaded: number }) => progress.push(loaded);
  const sources = ['/there-is-no-such-file.gz', cut, good];
  const first = await fetchVerified(sources, file, { onProgress });
  expect(first.from).toBe(good);
  expect(first.bytes).toEqual(packed);
  expect(progress.at(-1)).toBe(packed.length);
  expect(await gunzip(first.bytes)).toEqual(raw);
  expect(await openDataCache()).not.toBeNull();
  expect((await fetchVerified([], file)).from).toBe('cache');
});

it('draws the same digits in the browser as in Node', async () => {
  const { images, labels } = drawnDigits(DIGITS);
  const node = await commands.digitsInNode();
  expect([...(labels ?? [])]).toEqual(node.labels);
  expect(images.length).toBe(node.images.length);
  // The last bit of Math.sin may differ between engines; float32 rounds a pixel to 6e-8.
  let worst = 0;
  node.images.forEach((value, i) => {
    worst = Math.max(worst, Math.abs(images[i] - value));
  });
  expect(worst).toBeLessThan(1e-6);
});
