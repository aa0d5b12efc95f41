export const en = {
  title: 'The same noise, few evaluations',
  caption:
    'Ten digits, one of each class, from one noise and the network that came with the book; no guidance, nothing clipped. The number is the root mean square distance, per pixel, from the end of the same network’s probability-flow ODE (Heun, 199 evaluations): pixels go from −1 to 1. DDPM follows no path, so it has no such number.',
  draw: 'Draw',
  stop: 'Stop',
  fetching: 'Fetching the network, 0.7 MB…',
  reference: 'The end of the path first: 199 evaluations…',
  drawing: (sampler: string, evaluations: number) => `${sampler}, ${evaluations} evaluations…`,
  done: (seconds: string, seed: number) => `Drawn in ${seconds} s, from the noise of seed ${seed}.`,
  progress: 'Drawings',
  table: 'Samplers by evaluations',
  sampler: 'Sampler',
  evaluations: (n: number) => `${n} evaluations`,
  end: 'end of the path',
  picture: (sampler: string, evaluations: number) =>
    `Ten digits by ${sampler} with ${evaluations} evaluations`,
  endPicture: 'Ten digits at the end of the path',
  off: (value: string) => `off by ${value}`,
};
export type ArenaDigitsWords = typeof en;
