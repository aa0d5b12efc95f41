/**
 * A U-Net as a widely copied listing writes it, traced by shapes alone, layer by layer, until the
 * layer that fails, with the message PyTorch gives (checked against torch 1.13).
 * Shapes are [batch, channels, height, width].
 */

export interface TutorialUnetOptions {
  readonly imageSize: number;
  readonly channels?: number;
  readonly hidden?: number;
  readonly layers: number;
  readonly embeddingDim?: number;
  readonly batch?: number;
  /** Shape and type of t as passed to the first Linear(1, D). */
  readonly time?: 'floatColumn' | 'floatVector' | 'intColumn';
  /** Mends the concatenation of the [B, D] embedding by broadcasting it over the image. */
  readonly broadcastEmbedding?: boolean;
  /** Mends the channels of the up path: out = hidden·2^max(i−1, 0). */
  readonly mendChannels?: boolean;
}

export interface TraceLine {
  readonly layer: string;
  readonly shape: readonly number[];
  readonly parameters: number;
}

export interface Trace {
  readonly lines: readonly TraceLine[];
  /** PyTorch's message, or null when the forward pass runs through. */
  readonly error: string | null;
  /** Of the whole model, whether or not the pass gets that far. */
  readonly parameters: number;
}

const conv = (from: number, to: number): number => from * to * 9 + to;
const linear = (from: number, to: number): number => from * to + to;

export function traceTutorialUnet(options: TutorialUnetOptions): Trace {
  const { imageSize, layers, channels = 1, hidden = 32, embeddingDim = 16, batch = 2 } = options;
  const lines: TraceLine[] = [];
  const embeddingParameters = linear(1, embeddingDim) + linear(embeddingDim, embeddingDim);
  const parameters = embeddingParameters + unetParameters(options);
  const failed = (error: string): Trace => ({ lines, error, parameters });
  const add = (layer: string, shape: number[], count = 0): void => {
    lines.push({ layer, shape, parameters: count });
  };

  const time = options.time ?? 'floatColumn';
  if (time === 'floatVector') {
    return failed(`mat1 and mat2 shapes cannot be multiplied (1x${batch} and 1x${embeddingDim})`);
  }
  if (time === 'intColumn') return failed('mat1 and mat2 must have the same dtype');
  add('time embedding', [batch, embeddingDim], embeddingParameters);
  if (!options.broadcastEmbedding) {
    return failed('Tensors must have same number of dimensions: got 4 and 2');
  }
  let depth = channels + embeddingDim;
  let size = imageSize;
  add('concatenate image and embedding', [batch, depth, size, size]);

  const skips: { depth: number; size: number }[] = [];
  for (let i = 0; i < layers; i++) {
    const out = hidden * 2 ** i;
    const count = conv(depth, out) + conv(out, out);
    const before = size;
    size = Math.floor(size / 2);
    if (size === 0) {
      return failed(
        `Given input size: (${out}x${before}x${before}). Calculated output size: (${out}x0x0). Output size is too small`,
      );
    }
    depth = out;
    add(`down ${i}`, [batch, depth, size, size], count);
    skips.push({ depth, size });
  }
  const wide = hidden * 2 ** layers;
  add('middle', [batch, wide / 2, size, size], conv(wide / 2, wide) + conv(wide, wide / 2));
  for (const up of upPath(options)) {
    const skip = skips.pop()!;
    if (skip.size !== size) {
      return failed(
        `Sizes of tensors must match except in dimension 1. Expected size ${size} but got size ${skip.size} for tensor number 1 in the list.`,
      );
    }
    depth += skip.depth;
    add(`concatenate skip ${up.index}`, [batch, depth, size, size]);
    if (depth !== up.from) {
      return failed(
        `Given groups=1, weight of size [${up.to}, ${up.from}, 3, 3], expected input[${batch}, ${depth}, ${size}, ${size}] to have ${up.from} channels, but got ${depth} channels instead`,
      );
    }
    size *= 2;
    depth = up.to;
    add(`up ${up.index}`, [batch, depth, size, size], conv(up.from, up.to) + conv(up.to, up.to));
  }
  add('output', [batch, channels, size, size], conv(hidden, channels));
  return { lines, error: null, parameters };
}

/** Does the forward pass run, and give an image of the input's size? */
export function tutorialUnetRuns(options: TutorialUnetOptions): boolean {
  const { error, lines } = traceTutorialUnet(options);
  return error === null && lines.at(-1)!.shape[2] === options.imageSize;
}

function upPath({ layers, hidden = 32, mendChannels = false }: TutorialUnetOptions) {
  return Array.from({ length: layers }, (_, k) => {
    const index = layers - 1 - k;
    const to = hidden * 2 ** (mendChannels ? Math.max(index - 1, 0) : index);
    return { index, from: hidden * 2 ** (index + 1), to };
  });
}

function unetParameters(options: TutorialUnetOptions): number {
  const { layers, channels = 1, hidden = 32, embeddingDim = 16 } = options;
  let count = conv(hidden, channels);
  for (let i = 0; i < layers; i++) {
    const from = i === 0 ? channels + embeddingDim : hidden * 2 ** (i - 1);
    count += conv(from, hidden * 2 ** i) + conv(hidden * 2 ** i, hidden * 2 ** i);
  }
  const wide = hidden * 2 ** layers;
  count += conv(wide / 2, wide) + conv(wide, wide / 2);
  for (const up of upPath(options)) count += conv(up.from, up.to) + conv(up.to, up.to);
  return count;
}
