/**
 * The UNet (Ronneberger et al. 2015; Ho et al. 2020). The same network is written in PyTorch under python/.
 *   emb = dense2(silu(dense1(sinusoid(t)))) + class.embedding[label]
 *   down:   h = block(h) → skip, then 2×2 mean (not after the last level)
 *   middle: h = block(h)
 *   up:     h = block([h, skip]), then nearest ×2 (not after the first level)
 *   out:    conv(silu(GN(h)))
 *   block(x) = conv2(silu(GN2(conv1(silu(GN1(x))) + time(silu(emb))))) + (x or a 1×1 convolution of it)
 */
import type { UNetConfig } from '../../checkpoint/config.ts';
import { type Builder, buildGraph } from '../graph/build.ts';
import type { Graph, Value } from '../graph/node.ts';
import { conditioned } from './conditioned.ts';
import { type BlockPlan, groupsFor, unetPlan } from './unetPlan.ts';

export function unet(config: UNetConfig): Graph {
  const { timeDim, down, middle, up } = unetPlan(config);
  const { imageSize, channels, base, classes, answers = 1 } = config;
  return buildGraph((b) => {
    const active = b.silu(conditioned(b, timeDim, classes));
    const x = b.input('x', { h: imageSize, w: imageSize, c: channels });
    let h = b.called('in', b.conv('in', 3, channels, base)(x));
    const skips = down.map((plan, i) => {
      h = block(b, config, plan, active)(i === 0 ? h : b.pool(h));
      return h;
    });
    h = block(b, config, middle, active)(h);
    up.forEach((plan, i) => {
      const skip = skips[skips.length - 1 - i];
      h = block(b, config, plan, active)(b.join(i === 0 ? h : b.up(h), skip));
    });
    const last = up[up.length - 1].output;
    const norm = b.norm('out.norm', last, groupsFor(config, last));
    return b.called('out', b.conv('out.conv', 3, last, answers * channels, 'zeros')(norm(h)));
  });
}

function block(b: Builder, config: UNetConfig, { name, input, output }: BlockPlan, active: Value) {
  const norm1 = b.norm(`${name}.norm1`, input, groupsFor(config, input));
  const conv1 = b.conv(`${name}.conv1`, 3, input, output);
  const time = b.dense(`${name}.time`, b.shapeOf(active).c, output);
  const norm2 = b.norm(`${name}.norm2`, output, groupsFor(config, output));
  const conv2 = b.conv(`${name}.conv2`, 3, output, output, 'zeros');
  const skip = input === output ? null : b.conv(`${name}.skip`, 1, input, output);
  return (x: Value): Value => {
    const row = time(active);
    const h = norm2(conv1(norm1(x), { row }));
    return b.called(name, conv2(h, { residual: skip ? skip(x) : x }));
  };
}
