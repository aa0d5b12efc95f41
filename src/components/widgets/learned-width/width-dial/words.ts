export const en = {
  title: 'How wide should the bell be?',
  caption:
    'One pixel that was −1 or 1 with equal chance, the exact denoiser, one step from t to t − 1. The filled curve is where the true step ends, over all data and noise, seen from the mean that the model would take.',
  fraction: 'f, from β̃ (0) to β (1)',
  step: 'step from t',
  steps: 'steps T',
  schedule: 'Schedule',
  toBest: 'Best f',
  narrow: 'f = 0, β̃',
  wide: 'f = 1, β',
  deviation: 'σ of the bell',
  term: 'term of the bound',
  least: 'the least there is',
  best: 'best f',
  ratio: 'β̃ as a share of β',
  nats: (value: string) => `${value} nats`,
  bells: 'Three bells about the model’s mean',
  bellsSummary: (t: number, narrow: string, wide: string, own: string, best: string) =>
    `At t = ${t} the narrow bell has standard deviation ${narrow}, the wide one ${wide}, yours ${own}. The true step scatters by ${best}.`,
  bowl: 'The term as f moves',
  bowlSummary: (f: string, term: string, best: string, least: string) =>
    `At f = ${f} the term is ${term} nats per pixel. Its least, ${least}, is at f = ${best}.`,
  along: 'The best f along the chain',
  alongSummary: (first: string, t: number, here: string, T: number, last: string) =>
    `The best f is ${first} at t = 2, ${here} at t = ${t} and ${last} at t = ${T}.`,
  names: { truth: 'the true step', bell: 'yours: drag its side', best: 'best f' },
  legend: { betaTilde: 'σ² = β̃', beta: 'σ² = β' },
  axes: {
    distance: 'distance from the mean',
    density: 'density',
    fraction: 'f',
    nats: 'nats per pixel',
  },
};
export type WidthDialWords = typeof en;
