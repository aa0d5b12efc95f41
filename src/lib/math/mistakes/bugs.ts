/**
 * The bug lab: mistakes that are made in real diffusion code. Each is one small change of the right program: it puts another
 * part in the place of one. These entries are the only list of them: run configs, links and the lab's choices derive from it.
 */
import { isSchedule } from '../process/process.ts';
import type { Schedule } from '../process/schedule.ts';
import { type Move, strides } from '../samplers/program.ts';
import { noiseVarianceWithoutRoot } from './mistakes.ts';
import { type ProgramParts, RIGHT_PARTS } from './parts.ts';

/** These mistakes are made with a schedule; other paths have none of them. */
const scheduled = (change: (schedule: Schedule) => Schedule): Partial<ProgramParts> => ({
  forward: (process) => (isSchedule(process) ? change(process) : process) as typeof process,
});

/** The move with other fresh noise in x. */
const withNoise = (move: Move, z: number): Move => ({
  ...move,
  sets: [{ ...move.sets[0], z }, ...move.sets.slice(1)],
});

/** Each takes the right program's parts and gives those that it gets wrong. */
const MISTAKES = {
  /** Adds β·ε instead of √β·ε: the noise level that the network is told is wrong. */
  betaNotSqrt: () =>
    scheduled((schedule) => ({ ...schedule, noiseVariance: noiseVarianceWithoutRoot(schedule) })),
  /** Uses ᾱ_{t+1} where ᾱ_t belongs when it noises the data. */
  wrongAlphaBar: () =>
    scheduled((schedule) => {
      const shift = (values: Float64Array) =>
        values.map((_, t) => values[t === 0 ? 0 : Math.min(t + 1, schedule.T)]);
      const { alphaBar, noiseVariance } = schedule;
      return { ...schedule, alphaBar: shift(alphaBar), noiseVariance: shift(noiseVariance) };
    }),
  /** The network never hears which t it is looking at. */
  noTimeEmbedding: () => ({ told: () => 0 }),
  /** Images stay in [0, 1] instead of [−1, 1]. */
  unscaledData: () => ({ data: (images) => images.map((value) => (value + 1) / 2) }),
  /** No learning-rate warm-up, no gradient clipping, ten times the learning rate. */
  noWarmupNoClip: () => ({
    hyper: (hyper) => ({
      ...hyper,
      learningRate: 10 * hyper.learningRate,
      warmup: 0,
      clipNorm: 0,
    }),
  }),
  /** Samples are drawn with the raw weights of the last step. */
  noEma: () => ({ settings: (settings) => ({ ...settings, weights: 'raw' }) }),
  /** x̂_0 is not clipped while sampling. */
  noClip: () => ({ settings: (settings) => ({ ...settings, clip: false }) }),
  /** DDIM uses ᾱ_{t−1} of the full chain instead of ᾱ of the next stride. */
  ddimOffByOne: ({ moves }) => ({
    moves: (schedule, times, choice) =>
      choice.sampler === 'ddim'
        ? strides(times).flatMap(([t, s]) =>
            moves(schedule, [t, t - 1], choice).map((move) => ({ ...move, s })),
          )
        : moves(schedule, times, choice),
  }),
  /** Adds DDIM noise σ z but does not shorten the direction term by σ²: √(1−ᾱ_s−σ²) keeps the length that it has at η = 0. */
  wrongEta: ({ moves }) => ({
    moves(schedule, times, choice) {
      const right = (eta = choice.eta) => moves(schedule, times, { ...choice, eta });
      if (choice.sampler !== 'ddim') return right();
      const noise = (eta?: number) => right(eta).map(({ sets }) => sets[0].z);
      const [own, full] = [noise(), noise(1)];
      return right(0).map((move, i) => withNoise(move, own[i] || full[i] || 0));
    },
  }),
  /** Adds noise after the last step too, instead of z = 0 at t = 1. */
  noiseAtLastStep: ({ moves }) => ({
    moves: (schedule, times, choice) =>
      moves(schedule, times, choice).map((move) =>
        move.s === 0 ? withNoise(move, Math.sqrt(schedule.beta[move.t ?? 0])) : move,
      ),
  }),
} as const satisfies Record<string, (right: ProgramParts) => Partial<ProgramParts>>;

export type BugName = keyof typeof MISTAKES;
export const BUG_NAMES = Object.keys(MISTAKES) as BugName[];

/** The parts of a program with one mistake; without, the right one's. */
export const partsOf = (bug?: BugName): ProgramParts =>
  bug ? { ...RIGHT_PARTS, ...MISTAKES[bug](RIGHT_PARTS) } : RIGHT_PARTS;
