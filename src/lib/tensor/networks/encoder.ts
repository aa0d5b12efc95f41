/**
 * The encoder of a variational autoencoder (Kingma & Welling 2014): two halvings, then one linear layer to the mean and the
 * logarithm of the variance of each latent number: all means first.
 */
import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/node.ts';
import { sizeOfShape } from '../graph/node.ts';

export interface CoderShape {
  /** Height and width in pixels, divisible by 4. */
  imageSize: number;
  channels: number;
  latent: number;
  /** Channels next to the image, in whole groups; twice as many behind the first halving. */
  base: number;
  groups: number;
}

export function encoder({ imageSize, channels, latent, base, groups }: CoderShape): Graph {
  return buildGraph((b) => {
    const conv1 = b.conv('conv1', 3, channels, base);
    const norm1 = b.norm('norm1', base, groups);
    const conv2 = b.conv('conv2', 3, base, 2 * base);
    const norm2 = b.norm('norm2', 2 * base, groups);
    const x = b.input('x', { h: imageSize, w: imageSize, c: channels });
    const h = b.pool(norm2(conv2(b.pool(norm1(conv1(x))))));
    const size = sizeOfShape(b.shapeOf(h));
    return b.dense('out', size, 2 * latent)(b.reshape(h, { h: 1, w: 1, c: size }));
  });
}
