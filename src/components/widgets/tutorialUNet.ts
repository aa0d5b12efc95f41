/**
 * The tutorial's UNet, followed shape by shape without running it: channels and sides after every layer, and the
 * sentence with which PyTorch stops. Layers: at level i of L, two 3×3 convolutions to hidden·2^i channels, max-pool;
 * two middle convolutions; on the way up concatenate, two convolutions, upsample.
 */
export interface TutorialConfig {
  size: number;
  levels: number;
  hidden: number;
  embedding: number;
  /** `out_channels = hidden·2^max(i−1, 0)` on the way up, so that the next level's input fits. */
  mended: boolean;
}

export interface TraceRow {
  layer: string;
  /** [channels, height, width] */
  shape: [number, number, number];
}

export interface Trace {
  rows: TraceRow[];
  parameters: number;
  /** What PyTorch says where it stops; null when it runs through. */
  error: string | null;
}

class Stop extends Error {}

const conv = (input: number, output: number) => 9 * input * output + output;

/** Output channels of level i on the way up. */
const upChannels = ({ hidden, mended }: TutorialConfig, i: number) =>
  hidden * 2 ** (mended ? Math.max(i - 1, 0) : i);

export function countTutorialParameters(config: TutorialConfig): number {
  const { hidden, levels, embedding } = config;
  let count = 2 * embedding + embedding * embedding + embedding;
  for (let i = 0; i < levels; i++) {
    const input = i === 0 ? 1 + embedding : hidden * 2 ** (i - 1);
    count += conv(input, hidden * 2 ** i) + conv(hidden * 2 ** i, hidden * 2 ** i);
    count +=
      conv(hidden * 2 ** (i + 1), upChannels(config, i)) +
      conv(upChannels(config, i), upChannels(config, i));
  }
  const wide = hidden * 2 ** levels;
  return count + conv(wide / 2, wide) + conv(wide, wide / 2) + conv(hidden, 1);
}

/** Follows one image through. `size`, `levels` ≥ 1. */
export function traceTutorialUNet(config: TutorialConfig): Trace {
  const { size, levels, hidden, embedding } = config;
  const rows: TraceRow[] = [];
  let [channels, side] = [1 + embedding, size];
  const add = (layer: string) => rows.push({ layer, shape: [channels, side, side] });
  const convolve = (layer: string, input: number, output: number) => {
    if (channels !== input) {
      throw new Stop(
        `Given groups=1, weight of size [${output}, ${input}, 3, 3], expected input[1, ${channels}, ${side}, ${side}] to have ${input} channels, but got ${channels} channels instead`,
      );
    }
    channels = output;
    add(layer);
  };
  const skips: [number, number][] = [];
  try {
    add('input and time, side by side');
    for (let i = 0; i < levels; i++) {
      convolve(
        `down ${i + 1}: convolve`,
        i === 0 ? 1 + embedding : hidden * 2 ** (i - 1),
        hidden * 2 ** i,
      );
      convolve(`down ${i + 1}: convolve`, channels, channels);
      const half = Math.floor(side / 2);
      if (half === 0)
        throw new Stop(
          `Given input size: (${channels}x${side}x${side}). Calculated output size: (${channels}x0x0). Output size is too small`,
        );
      side = half;
      add(`down ${i + 1}: max-pool, and this is kept as the skip`);
      skips.push([channels, side]);
    }
    convolve('middle: convolve', hidden * 2 ** (levels - 1), hidden * 2 ** levels);
    convolve('middle: convolve', channels, hidden * 2 ** (levels - 1));
    for (let i = levels - 1; i >= 0; i--) {
      const [c, s] = skips.pop() as [number, number];
      if (s !== side)
        throw new Stop(
          `Sizes of tensors must match except in dimension 1. Expected size ${side} but got size ${s} for tensor number 1 in the list.`,
        );
      channels += c;
      add(`up ${i + 1}: concatenate the skip`);
      const output = upChannels(config, i);
      convolve(`up ${i + 1}: convolve`, hidden * 2 ** (i + 1), output);
      convolve(`up ${i + 1}: convolve`, output, output);
      side *= 2;
      add(`up ${i + 1}: upsample`);
    }
    convolve('out: convolve', hidden, 1);
    return { rows, parameters: countTutorialParameters(config), error: null };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { rows, parameters: countTutorialParameters(config), error: error.message };
  }
}

export type TimeInput = 'B1' | 'B' | 'int64';

/** What happens to the time on its way in: PyTorch's sentence for a batch of two, or null. */
export function timeError(time: TimeInput, broadcast: boolean, embedding: number): string | null {
  if (time === 'B') return `mat1 and mat2 shapes cannot be multiplied (1x2 and 1x${embedding})`;
  if (time === 'int64') return 'mat1 and mat2 must have the same dtype';
  return broadcast ? null : 'Tensors must have same number of dimensions: got 4 and 2';
}
