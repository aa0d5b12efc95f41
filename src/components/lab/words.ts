/** What the lab says in English. Its type is the shape that another language fills. */
import type { ScheduleKind } from '../../lib/math/process/schedule.ts';
import type { BACKEND_CHOICES } from '../../lib/tensor/options.ts';
import type { Reason, Shelved } from '../../lib/worker/shelf.ts';
import { shortTitle } from '../trainer/dataShape.ts';
import type { Key } from './keys.ts';
import type { PresetName } from './presets.ts';

const PLACES = ['top left', 'top right', 'bottom left', 'bottom right'];
const LEVELS: Record<number, string> = { [-1]: 'black', 0: 'grey', 1: 'white' };
const NAMES: Record<PresetName, string> = {
  digits: 'Digits in a minute',
  pixels: 'Four pixels, exactly',
  moons: 'Moons',
  broken: 'Break it',
};

/** One line each: what to do, and what to look at. */
const COMPARISON = {
  name: 'Compare ε and v',
  about:
    'The same digits, seed and network, asked for the noise or for v: train both, then lay them side by side.',
};

const ABOUT: Record<PresetName, string> = {
  digits:
    'Handwritten digits, with their classes. Press Train and watch the film: grey, blots, strokes, digits.',
  pixels:
    'So few pictures that the best possible network can be computed: watch the loss fall to its floor.',
  moons: 'Points in the plane: the cloud leaves the noise for two half moons.',
  broken:
    'Four pixels at a learning rate 25 times too high: the loss stays near 1, as if the answer were always 0. Then set 0.004.',
};

const KEYS: Record<Key, string> = {
  T: 'Train, or go on',
  P: 'Pause',
  S: 'Step once',
  G: 'Sample (generate)',
  'Shift+R': 'Reset to step 0',
  W: 'Save in this browser',
  O: 'Load (open) a file',
  E: 'Export the weights',
  L: 'Logarithmic loss axis',
  '?': 'Show or hide these keys',
};

const WHY: Record<Reason, string> = {
  saved: 'Kept here',
  reset: 'Taken out by Reset',
  replaced: 'Another run took its place',
  unreadable: 'Could not be read',
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
    comparison: COMPARISON,
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
  notes: {
    changed: (kept: boolean) =>
      `The settings changed: Train ${kept ? 'takes up' : 'begins'} another run with them; Sample still draws from the one shown here.`,
    oneIsKept: ' That one is kept; its settings bring it back.',
    kept: (step: string, date: string, waiting: boolean) =>
      `This browser keeps the run of these settings at step ${step} (${date}). Train goes on from there${waiting ? '; Reset takes it out and begins again' : ''}.`,
  },
  keys: { title: 'Keys', listen: 'Listen to single letters', does: KEYS },
  files: {
    save: 'Save',
    load: 'Load',
    export: 'Export',
    shelved: ({ why, name, dataset }: Pick<Shelved, 'why' | 'name' | 'dataset'>, step: string) =>
      `${WHY[why]}: ${name ? `${name}, ` : ''}${shortTitle(dataset)} at step ${step}`,
    size: (bytes: string, date: string) => `${bytes}, ${date}`,
    gone: 'That run is no longer in this browser: another tab has removed it.',
    open: 'Open it',
    get: 'Get the file',
    sure: 'Remove it for good?',
    keep: 'Keep it',
    remove: 'Remove',
    removeForGood: 'Remove for good',
    saved: (step: string, bytes: string) => `Saved in this browser at step ${step} (${bytes}).`,
    savedAsFile: (why: string) => `${why}, so the run was saved as a file: Load opens it again.`,
    exported: (step: string, bytes: string) =>
      `Exported: the averaged weights at step ${step} (${bytes}).`,
    tooLarge: (name: string, bytes: string, most: string) =>
      `${name} has ${bytes}; a run of this lab has at most ${most}, so it was not read. Choose a .safetensors file that Save or Export made.`,
    python: {
      about:
        'To open it in Python, run these lines in the folder of the file. They need NumPy alone:',
      weights: 'has every tensor by its name,',
      info: 'says what the run was.',
      copy: 'Copy the lines',
      copied: 'Copied',
    },
    unshown:
      'This run has settings that the lab cannot show, so a reload will not find it again: use Save to keep it.',
    removed: (dataset: string, step: string) => `Removed: ${shortTitle(dataset)} at step ${step}.`,
  },
  next: {
    title: 'What next?',
    guided: 'Draw each class, with guidance',
    classes: 'Learn the classes, to ask for one',
    sampler: {
      ddpm: 'Draw with fresh noise at each step (DDPM)',
      ddim: 'Draw without fresh noise (DDIM)',
      heun: 'Draw by Heun’s method',
    },
    bound: 'Measure the bound',
    stop: 'Stop measuring',
    compare: 'Keep and compare',
    export: 'Export the weights',
    measuring: (percent: number) => `Measuring the bound: ${percent} %.`,
    measured: (bits: string) =>
      `At most ${bits} bits a number of a picture that it has not seen: what a code made of this network would need on average (chapter “The bound”).`,
  },
  compare: {
    title: 'Compare runs',
    about:
      'Keep runs under names, then choose up to four: their losses over each other, the same noise drawn by each, and what sets them apart.',
    name: 'Name of this run',
    keep: 'Keep this run',
    /** A name to begin with. */
    suggest: (data: string, prediction: string) => `${data}, ${prediction}`,
    kept: (name: string, step: string) => `Kept: ${name}, at step ${step}.`,
    chooseUpTo: (most: number) => `Kept runs (choose up to ${most})`,
    nameOf: (name: string) => `Name of the run ${name}`,
    choose: (name: string) => `Compare ${name}`,
    at: (dataset: string, step: string, date: string) => `${dataset}, step ${step}, ${date}`,
    unreadable: (name: string) => `${name} is no run that can be compared.`,
    step: 'step',
    loss: 'loss, mean of the last tenth',
    curves: 'Losses over each other',
    summary: (name: string, loss: string, step: string) => `${name}: ${loss} after ${step} steps.`,
    units:
      'These runs predict different things, so their losses are in different units: compare their pictures, and each loss with its own good one.',
    draw: 'Draw the same noise with each',
    drawing: (name: string) => `Drawing with ${name}…`,
    drawnBy: (name: string, seed: number) => `Drawn by ${name} from the noise of seed ${seed}`,
    sameNoise: (seed: number) =>
      `All from the noise of seed ${seed}; each press takes other noise.`,
    differences: 'What sets them apart',
    setting: 'Setting',
    trained: 'Steps taken',
    finalLoss: 'Loss at the end',
    alike: 'No setting is different.',
    link: {
      label: 'Copy a link to all',
      hint: 'Copy one link with the settings and seeds of the chosen runs',
      copied: 'Copied',
    },
    linkSays:
      'The link carries names, settings, seeds and losses, not weights: whoever opens it trains the same runs there.',
    shared: 'Runs of this link',
    sharedAbout:
      'They are not here yet: this page trains them one after the other, from the same seeds, and keeps each.',
    sharedRun: (name: string, steps: string) => `${name}: ${steps} steps`,
    theirs: (loss: string, step: string) => `the sender had a loss of ${loss} at step ${step}`,
    here: (step: string) => `here at step ${step}`,
    notHere: 'not trained here yet',
    trainAll: 'Train them, one after the other',
    stopAll: 'Stop',
    training: (name: string) => `Training ${name}…`,
    unnamed: (i: number) => `Run ${i}`,
  },
  samples: {
    emptyFresh: 'Press Sample: the averaged weights of now draw from fresh noise.',
    emptyFixed: (seed: number) =>
      `Press Sample: the averaged weights of now draw from the noise of seed ${seed}.`,
  },
  settings: {
    dataset: 'Dataset',
    data: {
      pad: {
        picture: (n: number) => `Picture ${n}`,
        pixel: (n: number, place: number, value: number) =>
          `Picture ${n}, ${PLACES[place]}: ${LEVELS[value]}`,
        remove: (n: number) => `Remove picture ${n}`,
        add: 'Add a picture',
      },
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
    onPath:
      'Trained on the straight path, at times from 0 to 1: schedule, T and prediction then say nothing.',
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
    yes: 'yes',
    no: 'no',
    /** As a table of runs calls them. */
    names: {
      dataset: 'Dataset',
      drawn: 'Pictures',
      conditional: 'Learns the classes',
      prediction: 'Prediction',
      schedule: 'Schedule',
      T: 'Noise levels T',
      weighting: 'Weight of each t',
      base: 'Width',
      multipliers: 'Levels',
      width: 'Width',
      layers: 'Layers',
      steps: 'Target',
      seed: 'Seed',
      lr: 'Learning rate',
      batch: 'Batch',
      ema: 'EMA decay',
    },
    kernelChoices: { ours: 'Ours, where there are', stock: 'Stock TensorFlow.js' },
  },
};

export type LabWords = typeof en;
