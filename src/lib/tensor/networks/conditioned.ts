/** What every network of diffusion is told besides the image: emb = dense2(silu(dense1(sinusoid(t)))) + class.embedding[label]. */
import type { Builder } from '../graph/build.ts';
import { type Graph, inputShape, type Value } from '../graph/node.ts';

/** `width`: dimension of the sinusoids (math/process/timeFeatures.ts) and of emb. */
export function conditioned(b: Builder, width: number, classes: number): Value {
  const features = b.input('features', { h: 1, w: 1, c: width });
  const dense1 = b.dense('time.dense1', width, width);
  const dense2 = b.dense('time.dense2', width, width);
  let emb = dense2(b.silu(dense1(features)));
  if (classes > 0) emb = b.embedding('class.embedding', classes, width)(emb);
  return b.called('time', emb);
}

/** Dimension of the sinusoids that a network takes. */
export const timeWidth = (graph: Graph): number => inputShape(graph, 'features').c;
