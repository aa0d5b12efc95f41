export const en = {
  title: 'One bell for two bumps',
  caption:
    'The truth is one pixel after the first step of β = 0.1: √0.9 times ±1, plus noise of variance 0.1.',
  centre: 'bell’s centre',
  width: 'bell’s width (standard deviation)',
  white: 'white pixels in the data',
  oneBump: 'One bump',
  bestForward: 'Best forward',
  bestReverse: 'Best reverse from here',
  forward: 'Forward KL(truth ‖ bell)',
  reverse: 'Reverse KL(bell ‖ truth)',
  nats: (value: string) => `${value} nats`,
  curvesTitle: 'Truth and bell',
  curvesSummary: (bumps: string, centre: string, width: string) =>
    `The truth has bumps at ±${bumps}; the bell stands at ${centre} with standard deviation ${width}.`,
  truth: 'truth',
  bell: 'bell: drag its top or its side',
  paidTitle: 'Where it is paid',
  paidSummary: (forward: string, reverse: string) =>
    `The areas under the two curves are the divergences: forward ${forward}, reverse ${reverse}.`,
  paidForward: 'forward: truth · log(truth/bell)',
  paidReverse: 'reverse: bell · log(bell/truth)',
  axes: { value: 'pixel value', density: 'density', payment: 'nats per unit' },
};
export type KLFitterWords = typeof en;
