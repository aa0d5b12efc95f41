/** The parts of a diffusion program in which one can go wrong, each as the right program has it. */
import type { Process } from '../process/process.ts';
import type { Schedule } from '../process/schedule.ts';
import type { Move } from '../samplers/program.ts';
import { type SamplerChoice, samplerMoves } from '../samplers/record.ts';

export interface ProgramParts {
  /** The data as the program sees them. */
  data(images: Float32Array): Float32Array;
  /** What makes x_t. */
  forward<P extends Process>(process: P): P;
  /** The time that the network is told at t. */
  told(t: number): number;
  /** Warm-up, clipping and rate. */
  hyper<H extends { learningRate: number; warmup: number; clipNorm: number }>(hyper: H): H;
  /** How samples are drawn. */
  settings<S extends { weights: 'ema' | 'raw'; clip: boolean }>(settings: S): S;
  /** The program of a sampler, as `samplerMoves`. */
  moves(schedule: Schedule, times: readonly number[], choice: SamplerChoice): Move[];
}

export const RIGHT_PARTS: ProgramParts = {
  data: (images) => images,
  forward: (process) => process,
  told: (t) => t,
  hyper: (hyper) => hyper,
  settings: (settings) => settings,
  moves: samplerMoves,
};
