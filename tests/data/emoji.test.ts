import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EMOJI_CLASSES, loadEmoji, mirrored } from '../../src/lib/data/emoji.ts';
import { DATASETS } from '../../src/lib/data/records.ts';
import { levelsOf } from '../../src/lib/math/bound/decoder.ts';

const FOLDER = 'public/emoji';
const asked: string[] = [];
const site = (async (url: string) => {
  asked.push(url);
  return new Response(readFileSync(`${FOLDER}/${url.split('/').at(-1)}`));
}) as unknown as typeof fetch;
const options = { fetch: site, cache: null, baseUrl: '/book' };

describe('emoji', () => {
  it('are one small file of the site’s own, with its licence beside it', async () => {
    expect(statSync(`${FOLDER}/emoji-idx2-ubyte.gz`).size).toBeLessThan(600_000);
    const licence = readFileSync(`${FOLDER}/LICENSE`, 'utf8');
    expect(licence).toMatch(/MIT License[\s\S]*Copyright \(c\) Microsoft Corporation/);
    // A file with other bytes than those of the record is refused.
    await loadEmoji(options);
    expect(asked).toEqual(['/book/emoji/emoji-idx2-ubyte.gz']);
  });

  it('are 935, each in one class and one split', async () => {
    const train = await loadEmoji(options);
    const test = await loadEmoji({ ...options, split: 'test' });
    expect([train.count, test.count]).toEqual([2 * 842, 93]);
    for (const { name, height, width, channels, classes } of [train, test]) {
      expect([name, height, width, channels]).toEqual(['emoji', ...DATASETS.emoji.shape]);
      expect(classes).toBe(DATASETS.emoji.classNames.length);
    }
    const labels = [...train.labels!.subarray(0, 842), ...test.labels!];
    // As the categories of the package count them: smileys, animals, food, travel, objects.
    expect(EMOJI_CLASSES.map((_, k) => labels.filter((label) => label === k).length)).toEqual([
      169, 152, 136, 218, 260,
    ]);
    const size = 16 * 16 * 3;
    const key = (images: Float32Array, n: number) =>
      images.subarray(n * size, (n + 1) * size).join();
    const known = new Set(Array.from({ length: 842 }, (_, n) => key(train.images, n)));
    const shared = Array.from({ length: 93 }, (_, n) => known.has(key(test.images, n)));
    expect(shared).not.toContain(true);
  });

  it('have colours of 256 levels a channel, on white', async () => {
    const { images, count } = await loadEmoji({ ...options, split: 'train' });
    expect(levelsOf([images.subarray(0, images.length / 2)])).toHaveLength(256);
    let [white, coloured] = [0, 0];
    for (let n = 0; n < count; n++) {
      const [r, g, b] = images.subarray(n * 768, n * 768 + 3);
      if (r === 1 && g === 1 && b === 1) white++;
      const picture = images.subarray(n * 768, (n + 1) * 768);
      if (picture.some((v, i) => i % 3 === 0 && Math.abs(v - picture[i + 2]) > 0.5)) coloured++;
    }
    expect(white / count).toBeGreaterThan(0.8);
    expect(coloured / count).toBeGreaterThan(0.7);
  });

  it('come in training with their mirror images, which change places and nothing else', async () => {
    const image = Float32Array.from({ length: 12 }, (_, i) => i);
    expect([...mirrored(image, 2, 3)]).toEqual([3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8]);
    const { images, labels, count } = await loadEmoji({ ...options, count: 3 });
    expect(count).toBe(6);
    for (let n = 0; n < 3; n++) {
      const twin = images.subarray((n + 3) * 768, (n + 4) * 768);
      expect(mirrored(twin, 16, 3)).toEqual(images.slice(n * 768, (n + 1) * 768));
      expect(labels![n + 3]).toBe(labels![n]);
    }
  });
});
