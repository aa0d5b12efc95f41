import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, readCheckpoint } from '../../src/lib/checkpoint/index.ts';
import { parseConfig } from '../../src/lib/tensor/recipes/diffusion/config.ts';

const shipped = (name: string) =>
  readFileSync(new URL(`../../public/checkpoints/${name}`, import.meta.url));
const recordOf = (name: string) => JSON.parse(shipped(`${name}.json`).toString('utf8'));

describe.each(['mnist', 'digits'])('the shipped checkpoint of %s', (name) => {
  const bytes = shipped(`${name}.safetensors`);
  const { config, record, tensors } = readCheckpoint(bytes, parseConfig);

  it('is class-conditional, 16-bit, finite, and at most 1.5 MB', () => {
    expect(bytes.length).toBeLessThanOrEqual(1.5e6);
    expect(config).toMatchObject({
      dataset: name,
      model: { kind: 'unet', imageSize: 28, channels: 1, classes: 10 },
    });
    expect(new Set(Object.values(tensors).map(({ dtype }) => dtype))).toEqual(new Set(['F16']));
  });

  it('says how it was made, inside and beside the file', () => {
    const beside = recordOf(name);
    for (const key of ['command', 'seed', 'steps', 'loss', 'date']) {
      expect(record).toHaveProperty(key);
      expect(beside[key]).toEqual(record![key]);
    }
    expect(beside.config).toEqual(config);
    expect(beside.bytes).toBe(bytes.length);
    expect(beside.parameters).toBe(
      Object.values(tensors).reduce((sum, { data }) => sum + data.length, 0),
    );
  });
});

it('of 1,000 conditional MNIST samples at least 95 % are read as their class, by a classifier of at least 98.5 %', () => {
  const { recognised, classifierAccuracy } = recordOf('mnist');
  expect(recognised.count).toBeGreaterThanOrEqual(1000);
  expect(recognised.share).toBeGreaterThanOrEqual(0.95);
  expect(classifierAccuracy).toBeGreaterThanOrEqual(0.985);
  expect(recordOf('classifier').testAccuracy).toBe(classifierAccuracy);
  expect(
    Object.keys(decodeSafetensors(shipped('classifier.safetensors')).tensors).length,
  ).toBeGreaterThan(4);
});
