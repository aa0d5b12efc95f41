import { T } from '../../plane/planeState.ts';
import { en as plane } from '../../plane/words.ts';

const clock = (t: number) => (t / T).toFixed(2);

export const en = {
  ...plane,
  title: 'A flow from noise to a shape',
  caption:
    'Left: two thousand particles from noise along the exact velocity. Right: the same noise along the velocity of a small network that is trained in this page on draws of the shape. Thin lines: pairs of a noise and a point of the shape drawn by chance, and where each pair is now.',
  exact: 'Exact velocity',
  learned: 'Learned velocity',
  path: 'Path',
  paths: { straight: 'straight', chain: 'variance-preserving chain' },
  method: 'Solver',
  methods: { ddim: 'Euler', heun: 'Heun' },
  steps: 'Steps',
  fresh: 'Other noise',
  lines: 'lines of pairs',
  train: 'Train a network',
  stop: 'Stop',
  untrained: (points: number, steps: number) =>
    `No network yet. One with two inputs and two outputs will learn from ${points} draws of the shape, in ${steps} steps.`,
  stepOf: (step: number, steps: number) => `Step ${step} of ${steps}`,
  drawing: 'The network brings its particles back …',
  training: 'Training',
  straightness: 'Bend of the exact ways',
  straightnessHint:
    'Mean of ∫ ‖(x₁ − x₀) − dx/du‖² du along ways of 60 small steps; 0 for straight lines at an even speed',
  near: 'On the shape',
  nearLearned: 'On the shape, learned',
  nearHint:
    'The share of particles that end within three standard deviations of the bells from the line',
  percent: (share: number) => `${(100 * share).toFixed(1)} %`,
  timeOf: (t: number) => clock(t),
  moment: (_way: string, t: number) => `The particles at t = ${clock(t)}`,
  summary: (shape: string, _way: string, t: number) =>
    `Particles on their way from noise to the distribution “${shape}” in the plane, at t = ${clock(t)}.`,
  mixture: (signal: string, noise: string) =>
    `At this time the path has a point at ${signal} times its datum plus ${noise} times its noise.`,
  learnedSummary: (t: number) =>
    `The same noise along the velocity of the trained network, at t = ${clock(t)}.`,
};
export type FlowPlaneWords = typeof en;
