/** What the particles in the plane say, wherever they are shown. Each chapter's own title and caption stand in `titles` and `captions`. */
import { en as picker } from '../../controls/pickerWords.ts';

export const en = {
  picker,
  title: 'Into noise, and back',
  caption:
    'Two thousand dots, 200 steps into noise, 50 longer ones back. Both ways are computed exactly, without a network. A colour says in which part of the shape a dot began, and keeps to it.',
  shape: 'Distribution',
  drawMore: 'Draw more',
  paper: 'Draw, then press Play. What you draw is centred and scaled, so that its variance is 1.',
  shapes: {
    moons: 'two moons',
    rings: 'rings',
    spiral: 'spiral',
    letters: 'letters',
    draw: 'drawn by you',
  },
  show: 'Show',
  layers: {
    trails: 'trails',
    heat: 'density',
    arrows: 'score arrows',
    time: 'time as an axis',
  },
  /** What happens to the particles, step by step. */
  now: {
    forward:
      'Forward: each step pulls every dot a little towards the middle, and gives it a small push in a direction of its own, by chance.',
    back: 'Back: each step moves every dot a little towards where dots are likely, and gives it a small push by chance again. The way starts where forward has ended.',
  },
  way: 'Way',
  ways: { forward: 'forward', back: 'back' },
  time: 'Time t',
  timeOf: (t: number, T: number) => `${t} of ${T}`,
  /** What stands still at time t, read aloud in place of the picture. */
  summary: (shape: string, way: string, t: number, T: number) =>
    `Particles of the distribution “${shape}” in the plane, ${way}, at t = ${t} of ${T}.`,
  /** Goes on from it. */
  mixture: (signal: string, noise: string) =>
    `At this time the chain has a particle at ${signal} times its start, plus noise of standard deviation ${noise} in each direction.`,
  timeSummary: (T: number) =>
    `The height of 24 of the particles over time, from t = 0 to ${T}, before the density of that height at each time. At the left they crowd where the shape is, at the right they all lie in one bell around 0.`,
  timeAxis: 'height in the plane over time',
  moment: (way: string, t: number) => `The particles, ${way}, at t = ${t}`,
  lacks: 'The particles cannot be shown.',
};

export type PlaneWords = typeof en;
