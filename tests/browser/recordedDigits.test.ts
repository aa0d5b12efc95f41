/** The digits that form on the home page before Start are what the network draws: the sampler of the page draws them anew. */
import { expect, it } from 'vitest';
import {
  COUNT,
  DRAWING,
  FIRST_SEED,
  MOMENTS,
  SIDE,
  startOf,
} from '../../src/components/widgets/home/live-strip/drawing.ts';
import record from '../../src/components/widgets/home/live-strip/recorded/digits.json';
import sheet from '../../src/components/widgets/home/live-strip/recorded/digits.png?url';
import { createSampler } from '../../src/lib/worker/sampler.ts';

/** The record's levels, row by row, 0…15. */
async function levels(): Promise<{
  width: number;
  height: number;
  at: ArrayLike<number>;
  bytes: number;
}> {
  const blob = await (await fetch(sheet)).blob();
  const { width, height } = await createImageBitmap(blob);
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.drawImage(await createImageBitmap(blob), 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return {
    width,
    height,
    at: data.filter((_, i) => i % 4 === 0).map((v) => v / 17),
    bytes: blob.size,
  };
}

it('shows at each moment what the sampler has then, to a level of grey', async () => {
  const { width, height, at, bytes } = await levels();
  expect([width, height]).toEqual([COUNT * SIDE, MOMENTS.length * SIDE]);
  expect(bytes).toBe(record.bytes);
  expect(bytes).toBeLessThanOrEqual(120_000);
  expect(record.moments).toEqual([...MOMENTS]);
  expect(record.seed).toBe(FIRST_SEED);
  const file = await (await fetch(`/${record.checkpoint.replace('public/', '')}`)).arrayBuffer();
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', file));
  expect([...sum].map((v) => v.toString(16).padStart(2, '0')).join('')).toBe(record.sha256);

  const sampler = createSampler({ backend: 'wasm' });
  await sampler.load(new Uint8Array(file));
  const states = new Map<number, Float32Array>();
  const request = { ...DRAWING, labels: [...DRAWING.labels], seed: record.seed, trajectory: true };
  await sampler.sample(request, ({ index, to, x }) => {
    states.set(index, x);
    const row = record.moments.indexOf(index);
    if (row >= 0) expect(to).toBe(record.times[row]);
  });
  sampler.dispose();
  // The noise itself is no step.
  states.set(0, startOf(record.seed));
  for (const [row, moment] of record.moments.entries()) {
    const x = states.get(moment)!;
    let far = 0;
    for (const [k, value] of x.entries()) {
      const [n, y, column] = [Math.floor(k / SIDE ** 2), Math.floor(k / SIDE) % SIDE, k % SIDE];
      const level = Math.min(15, Math.max(0, (value + 1) * 7.5));
      if (Math.abs(level - at[(row * SIDE + y) * width + n * SIDE + column]) > 1) far += 1;
    }
    expect(far / x.length, `step ${moment}`).toBeLessThan(0.002);
  }
});
