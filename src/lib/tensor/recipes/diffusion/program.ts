/** The program by which a model draws: on the chain that it was trained for, or on a path of its own. */
import { type ProgramParts, RIGHT_PARTS } from '../../../math/mistakes/parts.ts';
import type { Target } from '../../../math/process/parameterization.ts';
import { PATHS } from '../../../math/process/paths.ts';
import type { Process } from '../../../math/process/process.ts';
import { learnedWidthMoves } from '../../../math/samplers/ddpm.ts';
import { shiftedGrid } from '../../../math/samplers/grids.ts';
import { pathMoves } from '../../../math/samplers/pathMoves.ts';
import type { Move } from '../../../math/samplers/program.ts';
import { timesteps } from '../../../math/samplers/timesteps.ts';
import { type DiffusionConfig, scheduleOf } from './config.ts';
import type { SampleOptions } from './options.ts';

export interface DrawingProgram {
  readonly process: Process;
  /** What the network answers. */
  readonly target: Target;
  /** Of the time embedding: how many of the told times make its whole range. */
  readonly T: number;
  /** Falling to 0. */
  readonly times: readonly number[];
  readonly moves: readonly Move[];
}

/** @throws RangeError for a sampler that the model's process does not know. */
export function drawingProgram(
  { diffusion, parts = RIGHT_PARTS }: { diffusion: DiffusionConfig; parts?: ProgramParts },
  options: Pick<SampleOptions, 'sampler' | 'steps' | 'learnedWidth'>,
): DrawingProgram {
  if (diffusion.path) {
    const process = PATHS[diffusion.path];
    const times = shiftedGrid(options.steps);
    return {
      process,
      target: 'flowVelocity',
      T: 1,
      times,
      moves: pathMoves(process, times, options),
    };
  }
  const { T, prediction: target } = diffusion;
  const process = scheduleOf(diffusion);
  const times = timesteps(T, options.steps);
  const moves = options.learnedWidth
    ? learnedWidthMoves(process, times)
    : parts.moves(process, times, options);
  return { process, target, T, times, moves };
}
