export const en = {
  title: 'What a loss cares about',
  caption:
    'Each loss is a sum over t of a weight times a squared error. Only the shape of a curve matters for training; scale each to mean 1 to compare shapes.',
  schedule: 'Schedule',
  steps: 'steps T',
  readAt: 'read at t',
  on: 'Error measured on',
  losses: 'Losses',
  scale: 'scale each to mean 1',
  logT: 'logarithmic t',
  here: (loss: string, t: number) => `${loss}, t = ${t}`,
  plotTitle: (target: string) => `Weight on the squared error of ${target}`,
  named: (loss: string, weight: string) => `${loss} ${weight}`,
  summary: (t: number, T: number, here: readonly string[], first: readonly string[]) =>
    `At t = ${t} of ${T}: ${here.join('; ')}. At t = 1: ${first.join('; ')}.`,
  weightOn: (target: string) => `weight on ‖${target}‖²`,
};
export type WeightCurveWords = typeof en;
