/** What a page asks of the worker for exact numbers. Plain data both ways. */
import type { None, ReasonOf, Told } from '../../data/reason.ts';
import type { Decoder } from '../../math/bound/elbo.ts';
import type { LineLaw } from '../../math/exact/lineLaw.ts';
import type { FirstVariance } from '../../math/process/firstVariance.ts';
import type { ScheduleKind } from '../../math/process/schedule.ts';
import type { ArenaPoint } from '../../math/samplers/arena.ts';
import type { LineLangevinOptions, LineWalkOptions } from '../../math/samplers/lineWalks.ts';
import type { SamplerChoice, SamplerName } from '../../math/samplers/record.ts';
import type { TimeGrid } from '../../math/samplers/timeGrids.ts';
import type { BellEnds, PointEnds } from '../../plots/sampling/guidance.ts';

export const BOUND_VARIANCES = [
  'exact',
  'bestGaussian',
  'bestIsotropic',
  'learned',
  'betaTilde',
  'beta',
] as const;
export type BoundVarianceName = (typeof BOUND_VARIANCES)[number];

export interface BoundRequest {
  /** A named schedule of T steps, or β_1 … β_T. */
  schedule: { kind: ScheduleKind; T: number } | { betas: number[] };
  data: number[][];
  weights: number[];
  variance: BoundVarianceName;
  decoder: Decoder;
  /** σ_1² of the discretized decoder; `beta1` when left out. */
  firstVariance?: FirstVariance;
  /** Monte-Carlo draws per number, where there is no quadrature. */
  samples?: number;
}

export interface FloorRequest {
  schedule: BoundRequest['schedule'];
  data: number[][];
  weights: number[];
}

/** Particles in the plane on the forward chain, from where they are: x and y in turn. */
export interface ForwardRequest {
  way: 'forward';
  schedule: BoundRequest['schedule'];
  x0: Float64Array;
  seed: number;
}

/** Particles in the plane on their way back, by a sampler that asks the exact denoiser of a blurred set. */
export interface BackRequest extends Home {
  way: 'back';
  schedule: BoundRequest['schedule'];
  /** On the straight path, in place of the schedule's chain. */
  straight?: boolean;
}

/** The same along the exact velocity of reflow: each noise belongs to its own end under the flow of the straight path. */
export interface ReflowRequest extends Home {
  way: 'reflow';
}

interface Home {
  /** x and y in turn. */
  centres: Float64Array;
  deviation: number;
  choice: SamplerChoice;
  steps: number;
  seed: number;
  /** Where they start: the places given, or as many draws of N(0, I). */
  from: Float32Array | { count: number };
}
export type WalkRequest = ForwardRequest | BackRequest | ReflowRequest;

/** The density of one coordinate of x_t over all times of the chain: T + 1 columns of places.length values. */
export interface MarginalRequest {
  schedule: BoundRequest['schedule'];
  /** One coordinate of each centre. */
  centres: Float64Array;
  deviation: number;
  places: Float64Array;
}

/** Every sampler of the book on a law of the line: its error over evaluations (math/samplers/arena.ts). */
export interface ArenaRequest {
  schedule: BoundRequest['schedule'];
  law: LineLaw;
  grid: TimeGrid;
  seed: number;
  /** Evaluations. */
  wanted: readonly number[];
  /** Particles of samplers without fresh noise, and with. */
  counts: { still: number; noisy: number };
}
export interface ArenaAnswer {
  curves: { sampler: SamplerName; noisy: boolean; points: ArenaPoint[] }[];
  /** The distance of as many draws from the data as there are noisy particles. */
  draws: number;
}

/** Images drawn by DDPM's steps from the exact denoiser: with β̃, β, or the best width of every pixel at its x_t. */
export interface DrawsRequest {
  schedule: BoundRequest['schedule'];
  /** Images of equal probability. */
  data: number[][];
  steps: number;
  width: 'betaTilde' | 'beta' | 'learned';
  count: number;
  seed: number;
}

/** Particles on a line on their way back (math/samplers/lineWalks.ts). */
export interface LineRequest extends Omit<LineWalkOptions, 'schedule'> {
  schedule: BoundRequest['schedule'];
}

/** The law of the ends of guided curves, of the data that plots/sampling/guidance.ts names. */
export interface GuidanceRequest {
  kind: 'bells' | 'points';
  g: number;
}
/** Of the two, what was asked. */
export interface GuidanceAnswer {
  bells?: BellEnds;
  points?: PointEnds;
}

/** Particles on a line under Langevin dynamics; answered by where they end. */
export interface LangevinRequest extends Omit<LineLangevinOptions, 'schedule'> {
  schedule: BoundRequest['schedule'];
}

export interface ExactValues {
  failed: Told;
  /** Its script did not load, or it broke. */
  notStarted: None;
}
export type ExactReason = ReasonOf<ExactValues>;

/**
 * Answered by a Bound; by mmse_t for t = 0..T (Float64Array, entry 0 is 0); by Paths; by densities (Float64Array); by an
 * ArenaAnswer; by images, one after another (Float32Array); by a GuidanceAnswer.
 */
export type ExactQuestion =
  | { type: 'bound'; request: BoundRequest }
  | { type: 'mmse'; request: FloorRequest }
  | { type: 'walk'; request: WalkRequest }
  | { type: 'marginal'; request: MarginalRequest }
  | { type: 'arena'; request: ArenaRequest }
  | { type: 'draws'; request: DrawsRequest }
  | { type: 'line'; request: LineRequest }
  | { type: 'langevin'; request: LangevinRequest }
  | { type: 'guidance'; request: GuidanceRequest };
