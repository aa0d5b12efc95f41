/** Gaussian blur: a deterministic low-pass filter, which the forward process is not. */

/** e^{−k²/2σ²} sampled at whole pixels out to 8σ and normalised; entry k + radius belongs to offset k. */
export function blurKernel(sigma: number): Float64Array {
  if (!(sigma > 0)) {
    throw new RangeError(`Blur: expected σ > 0 pixels; found ${sigma}. Choose a positive width.`);
  }
  const radius = Math.ceil(8 * sigma);
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = kernel.reduce((a, b) => a + b, 0);
  return kernel.map((k) => k / sum);
}

/** What is left of the contrast of an endless checkerboard: the filter's response at frequency (π, π). */
export function checkerboardContrast(sigma: number): number {
  const kernel = blurKernel(sigma);
  const radius = (kernel.length - 1) / 2;
  const along = kernel.reduce((s, k, i) => s + ((i - radius) % 2 === 0 ? k : -k), 0);
  return along * along;
}

/** Blurs an image given row by row; beyond the edges it repeats (mode 'wrap') or mirrors. */
export function gaussianBlur(
  image: ArrayLike<number>,
  height: number,
  width: number,
  sigma: number,
  edge: 'wrap' | 'mirror' = 'mirror',
): Float64Array {
  const kernel = blurKernel(sigma);
  const radius = (kernel.length - 1) / 2;
  const inside = (i: number, n: number): number => {
    const period = edge === 'wrap' ? n : 2 * n;
    const k = ((i % period) + period) % period;
    return k < n ? k : 2 * n - 1 - k;
  };
  const pass = (source: ArrayLike<number>, vertical: boolean): Float64Array => {
    const out = new Float64Array(height * width);
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        for (let k = -radius; k <= radius; k++) {
          const from = vertical
            ? inside(i + k, height) * width + j
            : i * width + inside(j + k, width);
          out[i * width + j] += kernel[k + radius] * source[from];
        }
      }
    }
    return out;
  };
  return pass(pass(image, true), false);
}
