/** The shipped checkpoint, sampled as the home page does it: its digits are read as the digits asked for. */

import { afterEach, describe, expect, it } from 'vitest';
import { loadClassifier } from '../../src/lib/tensor/classifier.ts';
import { createSampler, type Sampler } from '../../src/lib/worker/sampler.ts';
import { said } from '../said.ts';
import { useBackend } from './support/backends.ts';

const request = {
  steps: 25,
  sampler: 'ddim',
  variance: 'betaTilde',
  eta: 0,
  seed: 1,
  guidanceScale: 2,
  clip: true,
  weights: 'ema',
} as const;

const open: Sampler[] = [];
const sampler = () => {
  const own = createSampler({ backend: 'wasm' });
  open.push(own);
  return own;
};
afterEach(() => {
  for (const own of open.splice(0)) own.dispose();
});

describe('the sampler', () => {
  it('draws digits that the classifier reads as asked', async () => {
    const own = sampler();
    const { config } = await own.load('/checkpoints/mnist.safetensors');
    expect(config.dataset).toBe('mnist');
    const labels = Array.from({ length: 20 }, (_, i) => i % 10);
    const { images } = await own.sample({ ...request, count: 20, labels });
    await useBackend('wasm');
    const bytes = new Uint8Array(
      await (await fetch('/checkpoints/classifier.safetensors')).arrayBuffer(),
    );
    const classifier = loadClassifier(bytes);
    const { probabilities } = await classifier.judge(images);
    classifier.dispose();
    const read = labels.map((_, i) => {
      const row = [...probabilities.subarray(i * 10, (i + 1) * 10)];
      return row.indexOf(Math.max(...row));
    });
    const right = read.filter((digit, i) => digit === labels[i]).length;
    expect(right, `read as ${read}`).toBeGreaterThanOrEqual(18);
  });

  it('gives the same image for the same seed, whatever the count, and shows the layers', async () => {
    const own = sampler();
    await own.load('/checkpoints/digits.safetensors');
    const one = await own.sample({ ...request, steps: 4, count: 1, labels: [3] });
    const two = await own.sample({ ...request, steps: 4, count: 2, labels: [3, 7] });
    for (const [i, value] of one.images.entries())
      expect(Math.abs(value - two.images[i])).toBeLessThan(1e-4);
    const { layers, x0 } = await own.activations({ x: one.images, t: 300, label: 3 });
    expect(layers.map(({ name }) => name)).toEqual([
      'time',
      'in',
      'down.0',
      'down.1',
      'down.2',
      'middle',
      'up.2',
      'up.1',
      'up.0',
      'out',
    ]);
    for (const { shape, data } of layers) expect(data.length).toBe(shape[0] * shape[1] * shape[2]);
    expect(x0.length).toBe(784);
  });

  it('refuses what it cannot do with a sentence', async () => {
    const own = sampler();
    expect(await said(own.sample({ ...request, count: 1 }))).toContain('Load one first.');
    await expect(own.load(new Uint8Array(40))).rejects.toMatchObject({ code: 'badCheckpoint' });
    await own.load('/checkpoints/digits.safetensors');
    expect(await said(own.sample({ ...request, count: 0 }))).toContain('from 1 to 4096');
    // 0 to 9, and 10 for no class.
    expect(await said(own.sample({ ...request, count: 1, labels: [11] }))).toContain('0 to 10');
    expect(await said(own.sample({ ...request, count: 1, steps: 5000 }))).toContain(
      'from 1 to 1000',
    );
  });
});
