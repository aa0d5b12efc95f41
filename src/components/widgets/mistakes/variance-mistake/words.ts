export const en = {
  title: 'Where the variance goes',
  caption: 'A pixel of variance 1 stays at variance 1: what the signal loses, the noise brings.',
  mistakes: { none: 'right', beta: 'β for √β', noShrink: 'no √(1−β)' },
  step: 'The step',
  schedule: 'Schedule',
  axis: 'variance of a pixel',
  summary: (right: string, shown: string) =>
    `Variance at T: ${right} as it should be, ${shown} with the chosen step.`,
  atEnd: (name: string, variance: string) => `${name}: ${variance} at T`,
};
export type VarianceMistakeWords = typeof en;
