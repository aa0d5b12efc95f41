/** One engine of any kind in a worker, with its memory watched. */
import { type BenchEngine, openOwnEngine } from '../../src/lib/bench/engine.ts';
import { serveBench } from '../../src/lib/bench/serve.ts';
import type { BenchCell } from '../../src/lib/bench/types.ts';
import { heldBytes, watchMemory } from './memoryWatch.ts';

async function open(cell: BenchCell): Promise<BenchEngine> {
  if (cell.engine === 'jax-js') return (await import('./engines/jax.ts')).openJax(cell);
  if (cell.engine === 'tf.layers') return (await import('./engines/layers.ts')).openLayers(cell);
  if (cell.variant === 'im2col') return (await import('./engines/im2col.ts')).openIm2col(cell);
  if (cell.variant?.startsWith('classifier'))
    return (await import('./engines/classifier.ts')).openClassifier(cell);
  return openOwnEngine(cell);
}

watchMemory();
serveBench(self as unknown as Parameters<typeof serveBench>[0], async (cell) => {
  const engine = await open(cell);
  return { ...engine, bytes: () => Math.max(engine.bytes(), heldBytes()) };
});
