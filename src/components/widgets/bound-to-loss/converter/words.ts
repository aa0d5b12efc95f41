import type { PredictionKind } from '../../../../lib/math/process/parameterization.ts';

export const en = {
  title: 'One guess in four languages',
  caption:
    'Seeing xₜ leaves a line of possible pairs of clean pixel and noise. A guess is a point on it. The velocity measures along the line, so it never has to divide by something small.',
  kinds: {
    x0: 'clean pixel x̂₀',
    epsilon: 'noise ε̂',
    v: 'velocity v̂',
    score: 'score ŝ',
  } satisfies Record<PredictionKind, string>,
  held: (kind: string) => `${kind} (held)`,
  schedule: 'Schedule, T = 1000',
  noisy: 'noisy pixel xₜ',
  off: 'A guess that is 0.1 off in x̂₀ is off by …',
  inKind: (symbol: string) => `in ${symbol}`,
  planeTitle: 'Clean pixel and noise that fit xₜ',
  planeSummary: (
    t: number,
    scales: readonly [image: string, noise: string],
    xt: string,
    guess: Record<PredictionKind, string>,
  ) =>
    `At t = ${t}, √ᾱ = ${scales[0]} and √(1−ᾱ) = ${scales[1]}. With x at t = ${xt} the guess is x₀ = ${guess.x0}, ε = ${guess.epsilon}, v = ${guess.v}, score = ${guess.score}.`,
  pairs: 'all pairs that give this xₜ',
  direction: 'direction of v',
  axes: { clean: 'clean pixel x₀', noise: 'noise ε' },
};
export type ConverterWords = typeof en;
