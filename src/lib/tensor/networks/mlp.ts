/**
 * A residual multilayer perceptron for points in the plane, with the same time and class conditioning as the UNet:
 *   h = in([x, sin x, cos x, sin 2x, cos 2x]);   h ← h + dense2(silu(dense1(silu(h)) + time(silu(emb)))) per layer;   out(silu(h))
 * The fixed features let a small network draw curved clusters sharply (Tancik et al. 2020).
 */
import type { MlpConfig } from '../../checkpoint/config.ts';
import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/node.ts';
import { conditioned } from './conditioned.ts';

export function mlp({ inputs, width, layers, classes }: MlpConfig): Graph {
  return buildGraph((b) => {
    const active = b.silu(conditioned(b, width, classes));
    const x = b.input('x', { h: 1, w: 1, c: inputs });
    const features = b.waves(x);
    let h = b.called('in', b.dense('in', b.shapeOf(features).c, width)(features));
    for (let i = 0; i < layers; i++) {
      const dense1 = b.dense(`layers.${i}.dense1`, width, width);
      const time = b.dense(`layers.${i}.time`, width, width);
      const dense2 = b.dense(`layers.${i}.dense2`, width, width, 'zeros');
      const inner = b.add(dense1(b.silu(h)), time(active));
      h = b.called(`layers.${i}`, b.add(h, dense2(b.silu(inner))));
    }
    return b.called('out', b.dense('out', width, inputs, 'zeros')(b.silu(h)));
  });
}
