import type { BugName } from '../../../../lib/math/mistakes/bugs.ts';

export const en = {
  title: 'The bug lab',
  caption:
    'Two crescents of points, a small network, the same seed twice: once as it should be, once with one line wrong.',
  /** Mistakes that show within seconds on two-dimensional points, as the multiple choice names them. */
  suspects: {
    betaNotSqrt: 'noise is scaled by β instead of √β',
    wrongAlphaBar: 'ᾱ is read one step too late',
    noTimeEmbedding: 'the network is never told t',
    unscaledData: 'the data were left in [0, 1]',
    noWarmupNoClip: 'learning rate ten times too high, gradients not clipped',
    noEma: 'samples drawn with the raw weights',
    noClip: 'x̂₀ is not clipped while sampling',
    ddimOffByOne: 'the strided sampler uses ᾱ of the next single step',
    wrongEta: 'noise is added without shortening the direction term',
    noiseAtLastStep: 'noise is added after the last step too',
  } satisfies Record<BugName, string>,
  cloudSummary: (points: number, spread: string) =>
    `${points} points; root mean square coordinate ${spread}.`,
  notDrawn: 'Not drawn yet.',
  empty: 'Press Train a mystery. Both programs train here in half a minute, then both draw.',
  mystery: 'Train a mystery',
  another: 'Another one',
  stop: 'Stop',
  training: 'Training',
  stepOf: (program: 'right' | 'broken', step: number, steps: number) =>
    `${program === 'right' ? 'First the right program' : 'Now the broken one'}: step ${step} of ${steps}`,
  right: 'right',
  broken: 'broken',
  rightSamples: 'Samples of the right program',
  brokenSamples: 'Samples of the broken one',
  loss: 'Loss',
  lossSummary: (right: string, broken: string) =>
    `At the end the right program’s loss is ${right}, the broken one’s ${broken}.`,
  suspicion: 'Your suspicion',
  reveal: 'Reveal',
  found: 'Found. ',
  notThis: 'Not this time. ',
  revealed: (line: string) =>
    `The broken line: ${line}. Note whether the loss gave it away: often it does not.`,
  axes: { step: 'step', loss: 'loss' },
};
export type BugLabWords = typeof en;
