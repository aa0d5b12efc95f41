/**
 * True spatial diffusion of an image, the opposite of what a diffusion model does: neighbours mix, no noise is added.
 * Heat equation dx/ds = Δx on an n × n pixel grid with insulated edges; spread σ = √(2s) pixels along each axis.
 */

/**
 * Share of the ink of pixel j that is in pixel i after time s, on a row of n pixels: exp(s·L) with L the
 * second difference and reflecting ends, summed over its eigenvectors cos(πk(i+½)/n). Row-major, n × n; rows and
 * columns add up to 1. It is also the law of a grain that hops to either neighbour at rate 1.
 */
export function heatKernel(n: number, s: number): Float64Array {
  const kernel = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const decay = Math.exp(-2 * s * (1 - Math.cos((Math.PI * k) / n)));
    const weight = (k === 0 ? 1 : 2) / n;
    const wave = Float64Array.from({ length: n }, (_, i) =>
      Math.cos((Math.PI * k * (i + 0.5)) / n),
    );
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) kernel[i * n + j] += weight * decay * wave[i] * wave[j];
    }
  }
  return kernel;
}

/** An n × n image (row by row) after the heat equation has run for time s. */
export function heat(image: ArrayLike<number>, n: number, s: number): Float64Array {
  const kernel = heatKernel(n, s);
  const rows = new Float64Array(n * n);
  const out = new Float64Array(n * n);
  for (let y = 0; y < n; y++)
    for (let x = 0; x < n; x++)
      for (let j = 0; j < n; j++) rows[y * n + x] += kernel[x * n + j] * image[y * n + j];
  for (let y = 0; y < n; y++)
    for (let j = 0; j < n; j++)
      for (let x = 0; x < n; x++) out[y * n + x] += kernel[y * n + j] * rows[j * n + x];
  return out;
}

/** Correlation of each pixel with its right and lower neighbour over an n × n image; NaN when all pixels are equal. */
export function neighbourCorrelation(image: ArrayLike<number>, n: number): number {
  let mean = 0;
  for (let i = 0; i < n * n; i++) mean += image[i] / (n * n);
  let product = 0;
  let square = 0;
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      const here = image[y * n + x] - mean;
      for (const [dx, dy] of [
        [1, 0],
        [0, 1],
      ]) {
        if (x + dx >= n || y + dy >= n) continue;
        const there = image[(y + dy) * n + x + dx] - mean;
        product += here * there;
        square += (here * here + there * there) / 2;
      }
    }
  }
  return square > 1e-18 ? product / square : Number.NaN;
}
