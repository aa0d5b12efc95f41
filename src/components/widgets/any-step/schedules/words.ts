export const en = {
  title: 'Six schedules, and yours',
  caption:
    'One cursor runs through all four charts. The points on the log-SNR chart are sliders: drag them, or focus one and use the arrow keys.',
  cursor: 'Cursor t',
  cursorOf: (t: number, T: number) => `${t} of ${T}`,
  steps: 'Steps T',
  views: {
    beta: { title: 'β: noise added by each step', axis: 'β, log scale' },
    alphaBar: { title: 'ᾱ: share of the image that is left', axis: 'ᾱ' },
    snr: { title: 'Signal-to-noise ratio', axis: 'SNR = ᾱ / (1 − ᾱ)' },
    logSnr: { title: 'log SNR: drag the points to draw your own', axis: 'log SNR' },
  },
  summary: (curves: number, t: number, values: readonly string[]) =>
    `${curves} curves over t/T; at t = ${t}: ${values.join(', ')}.`,
  own: 'drawn by you',
  table: 'Values of each schedule at the cursor',
  schedule: 'Schedule',
  snrAtEnd: 'SNR at the end',
  knots: 'Points of your log-SNR curve',
  knot: (k: number, last: number) => `log SNR at t/T = ${k} of ${last}`,
};
export type SchedulesWords = typeof en;
