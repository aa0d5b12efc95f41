/** Every layer of a UNet with its prepared weights and gradient accumulators. */
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { type BlockPlan, unetPlan } from '../../networks/unetPlan.ts';
import type { Matrix, Vector, WeightPlan } from './weightPlan.ts';

export interface NormWeights {
  gamma: Vector;
  beta: Vector;
}

export interface BlockWeights extends BlockPlan {
  norm1: NormWeights;
  /**
   * In the blocks that read [doubled images of the level below, skip]: the weights of the former's channels. conv1 and skip
   * are then those of the other channels.
   */
  low: { conv1: Matrix; skip: Matrix } | null;
  conv1: Matrix;
  time: Matrix;
  /** conv1.bias + time.bias: both are added at the same place and have the same gradient. */
  timeBias: Vector;
  norm2: NormWeights;
  conv2: Matrix;
  skip: Matrix | null;
  /** conv2.bias (+ skip.bias). */
  outBias: Vector;
}

export interface UNetWeights {
  timeDim: number;
  dense1: { weight: Matrix; bias: Vector };
  dense2: { weight: Matrix; bias: Vector };
  classes: Vector | null;
  /** A single channel goes its own way: weights as they are, [9, n]. */
  input: { weight: Matrix | null; single: Vector | null; bias: Vector };
  down: BlockWeights[];
  middle: BlockWeights;
  /** In the order of computation. */
  up: BlockWeights[];
  outNorm: NormWeights;
  out: { weight: Matrix | null; single: Vector | null; bias: Vector };
}

export function unetWeights(config: UNetConfig, plan: WeightPlan): UNetWeights {
  const { timeDim, down, middle, up } = unetPlan(config);
  const norm = (name: string): NormWeights => ({
    gamma: plan.vector(`${name}.gamma`),
    beta: plan.vector(`${name}.beta`),
  });
  const one = config.channels === 1;
  const dense = (name: string) => ({
    weight: plan.matrix(`${name}.weight`),
    bias: plan.vector(`${name}.bias`),
  });
  /** `doubled`: how many of the input's channels come from the level below. */
  const block = (shape: BlockPlan, doubled = 0): BlockWeights => {
    const { name, input, output } = shape;
    const hasSkip = input !== output;
    const split = (part: 'conv1' | 'skip') => plan.split(`${name}.${part}.weight`, doubled);
    const [conv1, skip] = doubled > 0 ? [split('conv1'), split('skip')] : [];
    return {
      ...shape,
      norm1: norm(`${name}.norm1`),
      low: conv1 && skip ? { conv1: conv1[0], skip: skip[0] } : null,
      conv1: conv1 ? conv1[1] : plan.conv3(`${name}.conv1.weight`),
      time: plan.matrix(`${name}.time.weight`),
      timeBias: plan.vector(`${name}.conv1.bias`, `${name}.time.bias`),
      norm2: norm(`${name}.norm2`),
      conv2: plan.conv3(`${name}.conv2.weight`),
      skip: skip ? skip[1] : hasSkip ? plan.matrix(`${name}.skip.weight`) : null,
      outBias: plan.vector(`${name}.conv2.bias`, hasSkip ? `${name}.skip.bias` : undefined),
    };
  };
  return {
    timeDim,
    dense1: dense('time.dense1'),
    dense2: dense('time.dense2'),
    classes: config.classes > 0 ? plan.vector('class.embedding') : null,
    input: {
      weight: one ? null : plan.conv3('in.weight'),
      single: one ? plan.vector('in.weight') : null,
      bias: plan.vector('in.bias'),
    },
    down: down.map((shape) => block(shape)),
    middle: block(middle),
    // The first one reads images of its own size; the others have as many skip channels as they give out.
    up: up.map((shape, j) => block(shape, j > 0 ? shape.input - shape.output : 0)),
    outNorm: norm('out.norm'),
    out: {
      weight: one ? null : plan.conv3('out.conv.weight'),
      single: one ? plan.vector('out.conv.weight') : null,
      bias: plan.vector('out.conv.bias'),
    },
  };
}
