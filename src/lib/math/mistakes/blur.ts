/** Gaussian blur: a deterministic low-pass filter, which the forward process is not. */

/** e^{−k²/2σ²} sampled at whole pixels out to 8σ and normalised; entry k + radius belongs to offset k. */
function blurKernel(sigma: number): Float64Array {
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
