/** One line for each setting and each number of the lab, and the chapter that explains it. */

/** Chapters by their name in the address, as a link calls them. */
const CHAPTERS = {
  'any-step': 'Any step in one jump',
  network: 'The network',
  training: 'Training',
  sampling: 'Sampling',
  bound: 'The bound',
  'bound-to-loss': 'From the bound to the loss',
  'four-pixels': 'Four pixels',
  mistakes: 'Mistakes',
} as const;

export type HelpChapter = keyof typeof CHAPTERS;
export const chapterName = (chapter: HelpChapter): string => CHAPTERS[chapter];

export interface HelpLine {
  says: string;
  chapter: HelpChapter;
}

const line = (chapter: HelpChapter, says: string): HelpLine => ({ says, chapter });

export const HELP = {
  dataset: line(
    'four-pixels',
    'What the network learns to draw. Of 2×2 pictures the best possible answer is known exactly.',
  ),
  conditional: line(
    'sampling',
    'It is told the class of each picture while it learns, so that you can ask for one later.',
  ),
  backend: line(
    'training',
    'What computes: the graphics card (WebGPU, WebGL), compiled code on the processor (WebAssembly), or plain JavaScript.',
  ),
  prediction: line(
    'training',
    'What the network answers: the noise ε, the clean picture x₀, or v, a mix of both. Losses of different answers are in different units.',
  ),
  schedule: line(
    'any-step',
    'How fast the noise grows from t = 1 to T. Cosine spends more steps on half-noisy pictures.',
  ),
  T: line('any-step', 'How many noise levels there are between the picture and pure noise.'),
  weighting: line(
    'bound-to-loss',
    'How much each noise level counts in what is minimised. The loss that is shown is always unweighted.',
  ),
  width: line(
    'network',
    'Channels of the first level: twice as many are about four times the work.',
  ),
  levels: line(
    'network',
    'How often the picture is halved on the way down, and how many times the channels there.',
  ),
  layers: line('network', 'Layers of the network for points: more bend the plane more finely.'),
  steps: line(
    'training',
    'How far to train. The learning rate falls over the last 40 % of the way; with 0 it stays until you pause.',
  ),
  seed: line(
    'training',
    'All chance of the run follows from it: the same seed and settings give the same run.',
  ),
  lr: line(
    'training',
    'How far the weights move in a step. Too small is slow, too large never settles.',
  ),
  batch: line('training', 'Pictures in a step: more give a calmer loss, and slower steps.'),
  ema: line(
    'training',
    'Pictures are drawn with an average of the last weights; nearer to 1 is longer.',
  ),
  kernels: line(
    'network',
    'This book’s own compiled code, or the library’s: the same numbers, at another speed.',
  ),
  sampler: line(
    'sampling',
    'The way from noise to picture. It changes nothing in the network: try several on one run.',
  ),
  evaluations: line(
    'sampling',
    'How often the network is asked for one drawing: fewer are faster and rougher.',
  ),
  fresh: line(
    'sampling',
    'Other noise at each press gives other pictures; a fixed seed draws the same again.',
  ),
  clip: line('sampling', 'Keeps the expected picture between black and white at every step.'),
  label: line('sampling', 'Which class to draw, for a network that has learned them.'),
  guidance: line(
    'sampling',
    'How much to overdo the class: 1 is as learned, more is clearer and less varied.',
  ),
  step: line(
    'training',
    'Steps of training: each looks at one batch and moves all weights a little.',
  ),
  loss: line(
    'training',
    'How far the answer is off, squared, per number: the mean over the last tenth of the steps. Smaller is better; 0 cannot be reached.',
  ),
  speed: line('training', 'Steps of training a second, on your machine.'),
  used: line('training', 'What computes now; the line below the figures says why.'),
  lastBatch: line(
    'training',
    'The loss of one batch alone: it jumps, because each batch has other pictures, noise levels and noise.',
  ),
  images: line('training', 'Pictures looked at in a second: steps times batch.'),
  gradient: line(
    'training',
    'How steep the loss is at the present weights. It shrinks as a run settles and jumps where it breaks.',
  ),
  rate: line(
    'training',
    'The learning rate of this step, after its rise at the start and its fall at the end.',
  ),
  work: line(
    'network',
    'Counted multiplications and additions of the network, forward and backward, in billions a second.',
  ),
  memory: line('network', 'What weights, averages and layers take.'),
  parameters: line('network', 'How many numbers the network learns.'),
  time: line('training', 'Time in which it trained, without pauses and drawings.'),
  kept: line('training', 'The run is saved here every few seconds: a reload goes on from there.'),
} satisfies Record<string, HelpLine>;

export type HelpName = keyof typeof HELP;
