/** Saved runs of edition 1 train on and draw as they did, on WebAssembly; so do the networks that the book ships. */
import { afterAll, describe, expect, it } from 'vitest';
import { createTrainer } from '../../src/lib/worker/client.ts';
import { createSampler } from '../../src/lib/worker/sampler.ts';
import { apart } from '../edition1/apart.ts';
import { type GoneOn, goOn } from '../edition1/goOn.ts';
import { drawShipped, judgeShipped, SHIPPED } from '../edition1/shipped.ts';
import kept from '../fixtures/edition1/next.json';
import shipped from '../fixtures/edition1/shipped.json';

const files = import.meta.glob<string>('../fixtures/edition1/runs/*.safetensors', {
  query: '?url',
  import: 'default',
  eager: true,
});
const bytesOf = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());

/**
 * Bit for bit the same from one time to the next, and on one thread as on two. Without relaxed SIMD a product is rounded
 * before it is added: then losses are up to 5e-8 apart, images up to 1.3e-6. Kernels that add in another order may do as much.
 */
const ROUNDING = 1e-5;

it('every run is here', () => expect(Object.keys(files).length).toBe(Object.keys(kept).length));

describe('goes on', () => {
  // One worker for all of them, as a reader has who opens one after another.
  const trainer = createTrainer();
  afterAll(() => trainer.dispose());

  it.each(Object.entries<GoneOn>(kept))('%s', async (name, { step, losses, drawn }) => {
    const bytes = await bytesOf(files[`../fixtures/edition1/runs/${name}.safetensors`]);
    const found = await goOn(trainer, bytes);
    expect(found.step).toBe(step);
    expect(apart(found.losses, losses), `losses ${found.losses}`).toBeLessThan(ROUNDING);
    expect(apart(found.drawn, drawn), `images ${found.drawn}`).toBeLessThan(ROUNDING);
  });
});

describe('shipped', () => {
  it.each(SHIPPED)('%s draws the same', async (name) => {
    const sampler = createSampler({ backend: 'wasm' });
    expect(apart(await drawShipped(sampler, name), shipped[name])).toBeLessThan(ROUNDING);
    sampler.dispose();
  });

  it('the classifier judges the same', async () => {
    expect(apart(await judgeShipped(), shipped.classifier)).toBeLessThan(ROUNDING);
  });
});
