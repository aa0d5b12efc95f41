/** The way back from encoder.ts: latent numbers → a small image, doubled twice. What it gives out is not clipped. */
import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/node.ts';
import { sizeOfShape } from '../graph/node.ts';
import type { CoderShape } from './encoder.ts';

export function decoder({ imageSize, channels, latent, base, groups }: CoderShape): Graph {
  return buildGraph((b) => {
    const small = { h: imageSize / 4, w: imageSize / 4, c: 2 * base };
    const dense = b.dense('in', latent, sizeOfShape(small));
    const norm1 = b.norm('norm1', 2 * base, groups);
    const conv1 = b.conv('conv1', 3, 2 * base, base);
    const norm2 = b.norm('norm2', base, groups);
    const conv2 = b.conv('conv2', 3, base, base);
    const norm3 = b.norm('norm3', base, groups);
    const out = b.conv('out', 3, base, channels);
    const z = b.input('z', { h: 1, w: 1, c: latent });
    const h = conv1(b.up(norm1(b.reshape(dense(z), small))));
    return out(norm3(conv2(b.up(norm2(h)))));
  });
}
