/**
 * Every sampler of the book. Controls, links, requests and checks derive from this record.
 *
 * A new sampler needs one file beside this one and one entry here. The file defines its label, one sentence about it, its
 * settings, how often it asks in a number of steps, and its program (program.ts). Whatever carries programs out (sample.ts,
 * tensor/recipes/diffusion/sample.ts, WebGPU's shader) stays as it is; tests/math/samplers.test.ts holds every entry to the laws of a program.
 */
import { oneOf, shown } from '../numerics/oneOf.ts';
import type { Schedule } from '../process/schedule.ts';
import { ddim } from './ddim.ts';
import { ddpm } from './ddpm.ts';
import { dpmSolver } from './dpmSolver.ts';
import { eulerMaruyama } from './eulerMaruyama.ts';
import { heun } from './heun.ts';
import type { Move, Parameter, ValuesOf } from './program.ts';

export const SAMPLERS = { ddim, ddpm, heun, dpmSolver, eulerMaruyama };

export type SamplerName = keyof typeof SAMPLERS;
export const SAMPLER_NAMES = Object.keys(SAMPLERS) as SamplerName[];

type AllOf<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void
  ? A
  : never;
/** The settings of all samplers, by name: samplers that share a name share its meaning. */
export type SamplerValues = ValuesOf<AllOf<(typeof SAMPLERS)[SamplerName]['parameters']>>;

/** A sampler and what it is set to; what is left out has its initial value. */
export type SamplerChoice = { readonly sampler: SamplerName } & Readonly<Partial<SamplerValues>>;

export const SAMPLER_PARAMETERS: Readonly<Record<keyof SamplerValues, Parameter>> = Object.assign(
  {},
  ...SAMPLER_NAMES.map((name) => SAMPLERS[name].parameters),
);

export const INITIAL_VALUES = Object.fromEntries(
  Object.entries(SAMPLER_PARAMETERS).map(([name, { initial }]) => [name, initial]),
) as SamplerValues;

/** @throws RangeError for a name that is none, and for a value that is not possible: it says what is. */
export function checkSampler(
  choice: Partial<Record<'sampler' | keyof SamplerValues, unknown>>,
): void {
  oneOf('Sampler', choice.sampler, SAMPLER_NAMES);
  for (const [name, parameter] of Object.entries(SAMPLER_PARAMETERS)) {
    const value = choice[name as keyof SamplerValues];
    if (value === undefined) continue;
    if ('choices' in parameter) oneOf(parameter.label, value, Object.keys(parameter.choices));
    else if (!(typeof value === 'number' && value >= parameter.from && value <= parameter.to))
      throw new RangeError(
        `${parameter.label}: expected a number from ${parameter.from} to ${parameter.to}; found ${shown(value)}. Choose one in between.`,
      );
  }
}

const valuesOf = (choice: SamplerChoice): SamplerValues => {
  const given = Object.entries(choice).filter(([, value]) => value !== undefined);
  return { ...INITIAL_VALUES, ...Object.fromEntries(given) };
};

/** How often the chosen sampler asks its denoiser in that many steps. */
export const evaluationsOf = (choice: SamplerChoice, steps: number): number =>
  SAMPLERS[choice.sampler].evaluations(steps, valuesOf(choice));

/** The most steps, but at least one, that ask at most `most` times. */
export function stepsWithin(choice: SamplerChoice, most: number): number {
  let steps = Math.max(1, most);
  while (steps > 1 && evaluationsOf(choice, steps) > most) steps--;
  return steps;
}

/**
 * The program of the chosen sampler for a walk over `times`, strictly falling from T or below to 0.
 * @throws RangeError for a sampler or a setting that is not possible.
 */
export function samplerMoves(
  schedule: Schedule,
  times: readonly number[],
  choice: SamplerChoice,
): Move[] {
  checkSampler(choice);
  return SAMPLERS[choice.sampler].moves(schedule, times, valuesOf(choice));
}
