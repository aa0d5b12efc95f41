/** What the lab says in English. Its type is the shape that another language fills. */
import type { ScheduleKind } from '../../lib/math/process/schedule.ts';
import type { BACKEND_CHOICES } from '../../lib/tensor/options.ts';
import type { PresetName } from './presets.ts';

const NAMES: Record<PresetName, string> = {
  digits: 'Digits in a minute',
  pixels: 'Four pixels, exactly',
  moons: 'Moons',
  broken: 'Break it',
};

/** One line each: what to do, and what to look at. */
const ABOUT: Record<PresetName, string> = {
  digits:
    'Handwritten digits, with their classes. Press Train and watch the film: grey, blots, strokes, digits.',
  pixels:
    'So few pictures that the best possible network can be computed: watch the loss fall to its floor.',
  moons: 'Points in the plane: the cloud leaves the noise for two half moons.',
  broken:
    'The moons at a learning rate 250 times too high. Train, see what loss and cloud do, then set 0.002.',
};

const BACKENDS: Record<(typeof BACKEND_CHOICES)[number], string> = {
  auto: 'Best available',
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript (cpu)',
};

const SCHEDULES: Record<ScheduleKind, string> = {
  linear: 'Linear β',
  cosine: 'Cosine',
  quadratic: 'Quadratic β',
  sigmoidBeta: 'Sigmoid on β',
  sigmoidAlphaBar: 'Sigmoid on ᾱ',
  scaledLinear: 'Scaled linear',
};

export const en = {
  presets: {
    label: 'Begin with',
    names: NAMES,
    about: ABOUT,
    own: 'Settings of your own: the address has them all.',
  },
  link: {
    label: 'Copy link',
    hint: 'Copy a link to the lab with these settings',
    copied: 'Copied',
  },
  sections: {
    settings: 'Settings',
    data: 'Data and machine',
    run: 'The run',
    film: 'The same noise, drawn again and again',
    filmEmpty:
      'While it trains, the same noise is drawn again and again: first mush, then pictures.',
    loss: 'How far off it is',
    samples: 'Your samples',
  },
  settings: {
    dataset: 'Dataset',
    data: {
      moons: '700 points of the two moons',
      images: (count: number) => `${count} images of the data`,
      show: (count: number) => `Show ${count} of its images`,
    },
    conditional: 'Learn the classes too',
    backend: 'Backend',
    backends: BACKENDS,
    predicts: 'What it predicts',
    prediction: 'Prediction',
    predictions: { epsilon: 'ε', x0: 'x₀', v: 'v' },
    schedule: 'Schedule',
    schedules: SCHEDULES,
    T: 'Noise levels T',
    weighting: 'Weight of each t',
    network: 'Network',
    width: 'Width',
    channels: ' channels',
    levels: (sides: string) => `Levels (${sides})`,
    layers: 'Layers',
    learns: 'How it learns',
    steps: 'Target',
    stepsHint: 'steps; 0: until paused',
    seed: 'Seed',
    lr: 'Learning rate',
    batch: 'Batch',
    ema: 'EMA decay',
    kernels: 'Kernels',
    kernelChoices: { ours: 'Ours, where there are', stock: 'Stock TensorFlow.js' },
  },
};

export type LabWords = typeof en;
