/**
 * A residual block of the UNet, recorded forward and backward:
 *   h = conv1(silu(GN1(x))) + time bias,   y = conv2(silu(GN2(h))) + (x or a 1×1 convolution of it)
 */
import type { BlockPlan } from '../../networks/unetPlan.ts';
import type { Column } from './columns.ts';
import type { Images, Recording } from './recording.ts';
import type { Slice } from './shader.ts';

export interface RecordedBlock {
  y: Images;
  /** Records the gradient of x from dy. dy stays the caller's to release. */
  back(dy: Images): Images;
}

/** The time biases of all blocks: block by block in one row of `columns` numbers for each image. */
export interface TimeBiases {
  data: Slice;
  columns: Column[];
  width: number;
  inputs: number;
}

export function recordBlock(
  r: Recording,
  { name, input, output }: BlockPlan,
  x: Images,
  time: TimeBiases,
): RecordedBlock {
  const first = time.columns.length;
  const columns = Array.from({ length: output }, (_, c) => ({
    weight: r.layout.at(`${name}.time.weight`) + c,
    stride: output,
    bias: r.layout.at(`${name}.time.bias`) + c,
    dWeight: 0,
    dBias: 0,
  }));
  time.columns.push(...columns);

  const norm1 = r.norm(`${name}.norm1`, x);
  const timeBias = { ...time.data, first, stride: time.width };
  const h = r.conv(`${name}.conv1`, norm1.y, output, 3, { timeBias });
  r.forget(norm1.y);
  const norm2 = r.norm(`${name}.norm2`, h);
  r.forget(h);
  const skips = input !== output;
  const residual = skips ? r.conv(`${name}.skip`, x, output, 1) : x;
  const y = r.conv(`${name}.conv2`, norm2.y, output, 3, { residual });
  if (skips) r.release(residual);
  r.forget(norm2.y);

  function back(dy: Images): Images {
    r.convFilter(`${name}.conv2`, norm2.y, dy, 3);
    const da2 = r.convInput(`${name}.conv2`, dy, output, 3);
    const dh = r.normBack(`${name}.norm2`, norm2, da2);
    r.release(da2);
    const { at, floats, perImage } = r.convFilter(`${name}.conv1`, norm1.y, dh, 3);
    const dWeight = r.takeParts(time.inputs * output);
    const dBias = r.takeParts(output);
    r.gradients.set(`${name}.time.weight`, { at: dWeight, stride: 0, count: 1 });
    r.gradients.set(`${name}.time.bias`, { at: dBias, stride: 0, count: 1 });
    columns.forEach((column: Column, c) => {
      column.dWeight = dWeight + c;
      column.dBias = dBias + c;
      const start = at + floats - output + c;
      column.sum = { at: start, perImage: perImage * floats, perChunk: floats, chunks: perImage };
    });
    const da1 = r.convInput(`${name}.conv1`, dh, input, 3);
    r.release(dh);
    if (!skips) {
      const dx = r.normBack(`${name}.norm1`, norm1, da1, dy);
      r.release(da1);
      return dx;
    }
    r.convFilter(`${name}.skip`, x, dy, 1);
    const through = r.convInput(`${name}.skip`, dy, input, 1);
    const dx = r.normBack(`${name}.norm1`, norm1, da1, through);
    r.release(da1);
    r.release(through);
    return dx;
  }
  return { y, back };
}
