export const en = {
  title: 'What is xₜ made of?',
  caption:
    'Grey: the variance β of each noise when it was added. Blue: what later steps have left of it. With the share of the image, the blue bars always add up to 1.',
  schedule: 'Schedule',
  steps: 'Steps T',
  step: 'Step t',
  stepOf: (t: number, T: number) => `${t} of ${T}`,
  shares: (image: string, noise: string) =>
    `Of the variance of x_t the image has ${image}, all noise together ${noise}`,
  image: 'Share of the image, ᾱ',
  noise: 'Share of all noise, 1 − ᾱ',
  spelled: 'Image + noise of each step',
  summary: (t: number, image: string, first: string, last: string) =>
    `At t = ${t} the image has share ${image}; noise of step 1 has ${first}, noise of step ${t} has ${last}.`,
  axes: { step: 'noise of step s', share: 'share of the variance of xₜ' },
};
export type NoiseBudgetWords = typeof en;
