/**
 * A sampler is a program: moves over a few registers. Register 0 is x; the others are what a sampler remembers.
 * All weights are scalars, so whoever holds arrays, tensors or a shader can carry any program out, and none of them
 * knows a sampler by name.
 */

import type { Rng } from '../numerics/rng.ts';
import { type Conversion, conversion, type Target } from '../process/parameterization.ts';
import type { Process } from '../process/process.ts';
import type { Schedule } from '../process/schedule.ts';

/** Registers that a program may use, x among them. */
export const MOST_REGISTERS = 4;

/**
 * What a register becomes: Σ_k registers[k]·(register k) + x0·x̂_0 + epsilon·ε̂ + z·(fresh noise). What is left out is 0.
 * x̂_0 and ε̂ are the denoiser's answer of this move in its two forms: x = signal·x̂_0 + noise·ε̂.
 */
export interface Combination {
  readonly registers?: readonly number[];
  readonly x0?: number;
  readonly epsilon?: number;
  readonly z?: number;
}

export interface Move {
  /** The time at which the denoiser is asked about x; left out where nothing is asked. */
  readonly t?: number;
  /** What the registers become, all at once, from their values before; all combinations see the same z ~ N(0, I). */
  readonly sets: readonly Combination[];
  /** The time that x has reached; left out within a step of several moves. */
  readonly s?: number;
  /** z is multiplied, pixel by pixel, by σ = (σ² at f = 1)^{f/2} (σ² at f = 0)^{(1−f)/2}, f the second answer of the network. */
  readonly width?: WidthRange;
}

/** log σ² of a step at its narrowest, β̃, and at its widest, β. */
export interface WidthRange {
  readonly narrow: number;
  readonly wide: number;
}

/** σ of one pixel. `v`: what a network answers, nominally −1 … 1 (2102.09672 eq. 15). */
export const deviationOf = ({ narrow, wide }: WidthRange, v: number): number =>
  Math.exp(0.5 * (narrow + 0.5 * (v + 1) * (wide - narrow)));

/** A setting of a sampler: one of several choices (value → label), or a number in a range. */
export type Parameter =
  | {
      readonly label: string;
      readonly initial: string;
      readonly choices: Readonly<Record<string, string>>;
    }
  | {
      readonly label: string;
      readonly initial: number;
      readonly from: number;
      readonly to: number;
      readonly step: number;
    };

type ValueOf<P extends Parameter> = P extends { choices: infer C } ? keyof C & string : number;
export type ValuesOf<P> = {
  -readonly [K in keyof P]: P[K] extends Parameter ? ValueOf<P[K]> : never;
};

export interface Sampler<P> {
  readonly label: string;
  /** One sentence for whoever chooses. */
  readonly about: string;
  readonly parameters: P;
  /** How often the denoiser is asked in that many steps. */
  evaluations(steps: number, values: ValuesOf<P>): number;
  /** The program for a walk over `times`, strictly falling integers from T or below to 0. */
  moves(schedule: Schedule, times: readonly number[], values: ValuesOf<P>): Move[];
}

/** A sampler as its file writes it down, with the types of its parameters. */
export const defineSampler = <const P extends Record<string, Parameter>>(
  sampler: Sampler<P>,
): Sampler<P> => sampler;

/** [from, to] of every step. */
export const strides = <T>(places: readonly T[]): [from: T, to: T][] =>
  places.slice(1).map((to, i) => [places[i], to]);

/** The program of a sampler that asks once a step and remembers nothing. */
export const oneMoveEach = (
  times: readonly number[],
  step: (t: number, s: number) => Combination,
): Move[] => strides(times).map(([t, s]) => ({ t, sets: [step(t, s)], s }));

/** A combination over what an executor holds: its registers, the denoiser's answer in one form, fresh noise. */
export interface Weights {
  readonly registers: readonly number[];
  readonly answer: number;
  readonly z: number;
}

/** How x̂_0 and ε̂ are had from x and the denoiser's answer. */
export interface Reading {
  readonly toX0: Conversion;
  readonly toEpsilon: Conversion;
}
const NOTHING: Conversion = { xt: 0, prediction: 0 };

/** Of an answer of some kind at time t of a schedule or a path; where nothing is asked (t left out), nothing is read. */
export const readingOf = (kind: Target, t: number | undefined, process: Process): Reading =>
  t === undefined
    ? { toX0: NOTHING, toEpsilon: NOTHING }
    : {
        toX0: conversion(kind, 'x0', t, process),
        toEpsilon: conversion(kind, 'epsilon', t, process),
      };

/** The new values of all registers, in the form that executors take. */
export const weightsOf = (sets: readonly Combination[], { toX0, toEpsilon }: Reading): Weights[] =>
  sets.map(({ registers: [own = 0, ...kept] = [], x0 = 0, epsilon = 0, z = 0 }) => ({
    registers: [own + x0 * toX0.xt + epsilon * toEpsilon.xt, ...kept],
    answer: x0 * toX0.prediction + epsilon * toEpsilon.prediction,
    z,
  }));

export const addsNoise = (weights: readonly Weights[]): boolean => weights.some(({ z }) => z !== 0);

/** Whether any of its moves draws fresh noise. */
export const addsFreshNoise = (moves: readonly Move[]): boolean =>
  moves.some(({ sets }) => sets.some(({ z = 0 }) => z !== 0));

export const registerCount = (moves: readonly Move[]): number =>
  Math.max(1, ...moves.map(({ sets }) => sets.length));

/** x and what a program remembers, which is 0 before it is set. */
export const registersFor = (moves: readonly Move[], x: ArrayLike<number>): Float64Array[] =>
  Array.from({ length: registerCount(moves) }, (_, r) =>
    r === 0 ? Float64Array.from(x) : new Float64Array(x.length),
  );

/** The registers after a move, D values each. Noise is drawn only where some is added; `deviation` is a factor of it. */
export function moved(
  registers: readonly Float64Array[],
  weights: readonly Weights[],
  answer: ArrayLike<number>,
  rng: Pick<Rng, 'normal'>,
  deviation?: (k: number) => number,
): Float64Array[] {
  const fresh = addsNoise(weights) ? registers[0].map(() => rng.normal()) : null;
  const z = deviation && fresh ? fresh.map((value, k) => deviation(k) * value) : fresh;
  return weights.map((w) =>
    registers[0].map((_, k) => {
      let value = 0;
      for (let r = 0; r < w.registers.length; r++) value += w.registers[r] * registers[r][k];
      const told = w.answer === 0 ? 0 : w.answer * answer[k];
      return value + told + (z === null || w.z === 0 ? 0 : w.z * z[k]);
    }),
  );
}
