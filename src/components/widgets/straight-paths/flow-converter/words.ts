import type { Held } from '../../../../lib/plots/straight-paths/flowConverter.ts';

export const en = {
  title: 'One answer under all its names',
  caption:
    'One number, seen with noise on the straight path. A network’s answer draws a line through it. Below: what the same answer is called elsewhere, at which time, and for which input.',
  kinds: {
    x0: 'datum x̂₀',
    epsilon: 'noise ε̂',
    flowVelocity: 'velocity ε̂ − x̂₀',
  } satisfies Record<Held, string>,
  held: (kind: string) => `${kind} (held)`,
  time: 'time t',
  noisy: 'what is seen, xₜ',
  score: 'score −ε̂/t',
  scoreHint: 'The direction in which the density of xₜ grows fastest, as this answer has it',
  lineTitle: 'The line through xₜ',
  line: {
    time: 'time t',
    value: 'value',
    datum: 'x̂₀',
    noise: 'ε̂',
    slope: (velocity: string) => `slope ${velocity}`,
  },
  lineSummary: (t: string, xt: string, x0: string, epsilon: string, velocity: string) =>
    `At t = ${t} the number seen is ${xt}. The line through it starts at x₀ = ${x0}, ends at the noise ${epsilon} and has the slope ${velocity}.`,
  tableLabel: 'The same answer in other codes and on other paths',
  columns: { who: 'who', when: 'its time', sees: 'it sees', answers: 'it answers' },
  toldAs: (clock: string, told: string) => `${clock}, told as ${told}`,
  chain: 'chain, cosine, T = 1000',
  edm: 'EDM',
  edmTime: (sigma: string) => `σ = ${sigma}`,
  forward: (value: string) => `noise − data = ${value}`,
  backward: (value: string) => `data − noise = ${value}`,
  chainAnswer: (epsilon: string, v: string, score: string) =>
    `ε̂ = ${epsilon}, v̂ = ${v}, score ${score}`,
  edmAnswer: (x0: string) => `x̂₀ = ${x0}`,
};
export type FlowConverterWords = typeof en;
