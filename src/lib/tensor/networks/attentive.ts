/**
 * Self-attention over all pixels (Vaswani et al. 2017), as the papers on diffusion put it between convolutions at small sizes
 * (Ho et al. 2020):  h + conv1×1(attention(q, k, v)),  (q, k, v) = conv1×1(normalised h).  Here with one convolution before and
 * one after it: image → image.
 */
import { type Builder, buildGraph } from '../graph/build.ts';
import type { Graph, Value } from '../graph/node.ts';

export interface AttentiveShape {
  imageSize: number;
  channels: number;
  /** Channels inside, in whole groups and whole heads. */
  base: number;
  groups: number;
  heads: number;
}

export function selfAttention(
  b: Builder,
  name: string,
  channels: number,
  { groups, heads }: Pick<AttentiveShape, 'groups' | 'heads'>,
) {
  const norm = b.norm(`${name}.norm`, channels, groups);
  const qkv = b.conv(`${name}.qkv`, 1, channels, 3 * channels);
  const out = b.conv(`${name}.out`, 1, channels, channels);
  return (h: Value): Value =>
    b.called(name, out(b.attention(qkv(norm(h)), heads), { residual: h }));
}

export function attentive({ imageSize, channels, base, groups, heads }: AttentiveShape): Graph {
  return buildGraph((b) => {
    const first = b.conv('in', 3, channels, base);
    const attention = selfAttention(b, 'attention', base, { groups, heads });
    const norm = b.norm('out.norm', base, groups);
    const last = b.conv('out.conv', 3, base, channels);
    const x = b.input('x', { h: imageSize, w: imageSize, c: channels });
    return last(norm(attention(first(x))));
  });
}
