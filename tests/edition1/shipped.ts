/** A few numbers of each network that the book ships (public/checkpoints). In a page, on WebAssembly. */
import { drawnDigits } from '../../src/lib/data/index.ts';
import { startBackend } from '../../src/lib/tensor/backend.ts';
import { loadClassifier } from '../../src/lib/tensor/classifier.ts';
import type { Sampler } from '../../src/lib/worker/sampler.ts';
import { DRAWING, some } from './goOn.ts';

export const SHIPPED = ['mnist', 'digits'] as const;

/** Two digits with guidance, in three steps of DDIM with noise. */
export async function drawShipped(sampler: Sampler, name: (typeof SHIPPED)[number]) {
  await sampler.load(`/checkpoints/${name}.safetensors`);
  const { images } = await sampler.sample({ ...DRAWING, labels: [3, 8], guidanceScale: 2 });
  return some(images);
}

/** Probabilities of three drawn digits, and sums of their features. */
export async function judgeShipped() {
  await startBackend('wasm', 'stock');
  const bytes = await (await fetch('/checkpoints/classifier.safetensors')).arrayBuffer();
  const classifier = loadClassifier(new Uint8Array(bytes));
  const { probabilities, features } = await classifier.judge(
    drawnDigits({ count: 3, seed: 0 }).images,
  );
  classifier.dispose();
  return [...probabilities, ...features.filter((_, i) => i % 12 === 0)];
}
