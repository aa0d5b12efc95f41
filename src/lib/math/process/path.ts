/**
 * A path from data to noise: x_t = signal(t)·x_0 + noise(t)·ε, ε ~ N(0, I). Everything that a denoiser, a target or a
 * differential equation of diffusion needs of it are these two numbers and their derivatives in t.
 */

/** A path at one time. Rates are derivatives in t. */
export interface PathPoint {
  /** ≥ 0, and falls or stays. */
  readonly signal: number;
  /** ≥ 0, and grows. */
  readonly noise: number;
  readonly signalRate: number;
  /** ∞ where the noise starts as √t, as that of every variance-preserving path does. */
  readonly noiseRate: number;
  /** d noise²/dt = 2·noise·noiseRate: finite there too. */
  readonly varianceRate: number;
}

export interface Path {
  /** What the book calls it. */
  readonly name: string;
  /** The least and the largest time; 0 is nearest to the data. */
  readonly range: readonly [number, number];
  /** Where sampling starts. */
  readonly start: number;
  /** Standard deviation of the Gaussian that sampling starts from, in units of the pixel scale. */
  readonly prior: number;
  /** For t within the range. */
  at(t: number): PathPoint;
  /** The time at which noise/signal is `sigma`: where two paths share it, one's x_t is a multiple of the other's. */
  time(sigma: number): number;
}
