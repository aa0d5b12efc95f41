/**
 * A convolutional classifier: three 3×3 convolutions, each normalised and bent (Wu & He 2018), with a 2×2 mean after the
 * first two; then one linear layer on all that is left. Outputs one logit for each class.
 */
import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/node.ts';
import { sizeOfShape } from '../graph/node.ts';

export interface ClassifierShape {
  /** Height and width in pixels, divisible by 4. */
  imageSize: number;
  channels: number;
  classes: number;
  /** Channels of the first convolution, in whole groups; the others have twice as many. */
  base: number;
  groups: number;
}

export function classifier({ imageSize, channels, classes, base, groups }: ClassifierShape): Graph {
  return buildGraph((b) => {
    let h = b.input('x', { h: imageSize, w: imageSize, c: channels });
    let width = channels;
    for (const [i, next] of [base, 2 * base, 2 * base].entries()) {
      const conv = b.conv(`conv${i + 1}`, 3, width, next);
      const norm = b.norm(`norm${i + 1}`, next, groups);
      h = b.called(`norm${i + 1}`, norm(conv(i === 0 ? h : b.pool(h))));
      width = next;
    }
    const size = sizeOfShape(b.shapeOf(h));
    return b.dense('out', size, classes)(b.reshape(h, { h: 1, w: 1, c: size }));
  });
}
