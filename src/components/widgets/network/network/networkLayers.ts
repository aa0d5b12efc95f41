import type { UNetConfig } from '../../../../lib/checkpoint/config.ts';
import { unet } from '../../../../lib/tensor/networks/unet.ts';
import { type BlockPlan, unetPlan } from '../../../../lib/tensor/networks/unetPlan.ts';

export type LayerKind = 'time' | 'conv' | 'block';
export interface NetworkLayer {
  /** Prefix of its tensors, and its name among the activations. */
  name: string;
  kind: LayerKind;
  title: string;
  /** Height, width, channels of its output; the embedding has one number. */
  shape: number[];
  parameters: number;
  /** Multiply–adds for one image. */
  multiplyAdds: number;
  tensors: { name: string; shape: number[] }[];
}

const product = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

/** The blocks of a UNet in the order of computation, with what each costs. */
export function layersOf(config: UNetConfig): NetworkLayer[] {
  const plan = unetPlan(config);
  const { specs } = unet(config);
  const size = config.imageSize;
  const layer = (
    name: string,
    kind: LayerKind,
    title: string,
    shape: number[],
    multiplyAdds: number,
  ): NetworkLayer => {
    const tensors = specs.filter(
      (spec) =>
        spec.name.startsWith(`${name}.`) || (name === 'time' && spec.name.startsWith('class.')),
    );
    return {
      name,
      kind,
      title,
      shape,
      multiplyAdds,
      tensors,
      parameters: tensors.reduce((sum, { shape }) => sum + product(shape), 0),
    };
  };
  const block = ({ name, input, output, size: s }: BlockPlan, title: string) =>
    layer(
      name,
      'block',
      title,
      [s, s, output],
      s * s * (9 * (input + output) * output + (input === output ? 0 : input * output)) +
        plan.timeDim * output,
    );
  const last = plan.up[plan.up.length - 1].output;
  return [
    layer('time', 'time', 'Time', [plan.timeDim], 2 * plan.timeDim ** 2),
    layer(
      'in',
      'conv',
      'In',
      [size, size, config.base],
      size * size * 9 * config.channels * config.base,
    ),
    ...plan.down.map((down, i) => block(down, `Down ${i + 1}`)),
    block(plan.middle, 'Middle'),
    ...plan.up.map((up) => block(up, `Up ${Number(up.name.slice(3)) + 1}`)),
    layer(
      'out',
      'conv',
      'Out',
      [size, size, config.channels],
      size * size * 9 * last * config.channels,
    ),
  ];
}

export const countOf = (layers: NetworkLayer[]) =>
  layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
