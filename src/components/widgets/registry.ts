import type { ComponentType } from 'preact';

interface Entry {
  title: string;
  chapter: string;
  load: () => Promise<{ default: ComponentType }>;
}

/** Every widget of the book by its id: /embed/<id>/ shows one alone, /gallery/ shows them all. */
export const registry: Record<string, Entry> = {
  plane: {
    title: 'Into noise, and back',
    chapter: 'from-noise',
    load: () => import('./from-noise/plane/en.ts'),
  },
  ink: {
    title: 'Ink in water, and noise in pixels',
    chapter: 'from-noise',
    load: () => import('./from-noise/ink/en.ts'),
  },
  bell: {
    title: 'A bell in your hands',
    chapter: 'markov-chain',
    load: () => import('./markov-chain/bell/en.ts'),
  },
  'forward-chain': {
    title: 'A forward chain in your hands',
    chapter: 'markov-chain',
    load: () => import('./markov-chain/forward-chain/en.ts'),
  },
  'plane-paths': {
    title: 'A distribution forgets',
    chapter: 'markov-chain',
    load: () => import('./markov-chain/plane-paths/en.ts'),
  },
  'any-step': {
    title: 'Many steps or one jump',
    chapter: 'any-step',
    load: () => import('./any-step/any-step/en.ts'),
  },
  'noise-budget': {
    title: 'What is xₜ made of?',
    chapter: 'any-step',
    load: () => import('./any-step/noise-budget/en.ts'),
  },
  schedules: {
    title: 'Six schedules, and yours',
    chapter: 'any-step',
    load: () => import('./any-step/schedules/en.ts'),
  },
  network: {
    title: 'The UNet, block by block',
    chapter: 'network',
    load: () => import('./network/network/en.ts'),
  },
  'time-embedding': {
    title: 'A clock of 64 waves',
    chapter: 'network',
    load: () => import('./network/time-embedding/en.ts'),
  },
  'four-pixels': {
    title: 'The example, worked out',
    chapter: 'four-pixels',
    load: () => import('./four-pixels/four-pixels/en.ts'),
  },
  'why-two-fails': {
    title: 'A perfect reverse chain, started from the wrong place',
    chapter: 'four-pixels',
    load: () => import('./four-pixels/why-two-fails/en.ts'),
  },
  'learned-vs-exact': {
    title: 'The network beside the exact answer',
    chapter: 'four-pixels',
    load: () => import('./four-pixels/learned-vs-exact/en.ts'),
  },
  'shape-trace': {
    title: 'Where the tutorial’s network stops',
    chapter: 'mistakes',
    load: () => import('./mistakes/shape-trace/en.ts'),
  },
  'bug-lab': {
    title: 'The bug lab',
    chapter: 'mistakes',
    load: () => import('./mistakes/bug-lab/en.ts'),
  },
  'plane-score': {
    title: 'Which way is home?',
    chapter: 'going-back',
    load: () => import('./going-back/plane-score/en.ts'),
  },
  reverse: {
    title: 'One step back, exactly',
    chapter: 'going-back',
    load: () => import('./going-back/reverse/en.ts'),
  },
  posterior: {
    title: 'The step back when the clean pixel is known',
    chapter: 'going-back',
    load: () => import('./going-back/posterior/en.ts'),
  },
  kl: {
    title: 'One bell for two bumps',
    chapter: 'bound',
    load: () => import('./bound/kl/en.ts'),
  },
  ledger: {
    title: 'The ledger',
    chapter: 'bound',
    load: () => import('./bound/ledger/en.ts'),
  },
  model: {
    title: 'The ledger of a network',
    chapter: 'bound',
    load: () => import('./bound/model/en.ts'),
  },
  converter: {
    title: 'One guess in four languages',
    chapter: 'bound-to-loss',
    load: () => import('./bound-to-loss/converter/en.ts'),
  },
  langevin: {
    title: 'Uphill, and a little at random',
    chapter: 'scores',
    load: () => import('./scores/langevin/en.ts'),
  },
  'same-marginals': {
    title: 'Two ways back, one law',
    chapter: 'scores',
    load: () => import('./scores/same-marginals/en.ts'),
  },
  arena: {
    title: 'The arena of samplers',
    chapter: 'few-steps',
    load: () => import('./few-steps/arena/en.ts'),
  },
  'arena-digits': {
    title: 'The same noise, few evaluations',
    chapter: 'few-steps',
    load: () => import('./few-steps/arena-digits/en.ts'),
  },
  weights: {
    title: 'What a loss cares about',
    chapter: 'bound-to-loss',
    load: () => import('./bound-to-loss/weights/en.ts'),
  },
  heat: {
    title: 'The loss at every noise level, over training',
    chapter: 'bound-to-loss',
    load: () => import('./bound-to-loss/heat/en.ts'),
  },
  'variance-mistake': {
    title: 'Where the variance goes',
    chapter: 'mistakes',
    load: () => import('./mistakes/variance-mistake/en.ts'),
  },
  'live-strip': {
    title: 'Ten digits from noise',
    chapter: '',
    load: () => import('./home/live-strip/en.ts') as Promise<{ default: ComponentType }>,
  },
  trainer: {
    title: 'Train it here',
    chapter: 'training',
    load: () => import('./training/trainer/en.ts') as Promise<{ default: ComponentType }>,
  },
  sampler: {
    title: 'Digits from noise',
    chapter: 'sampling',
    load: () => import('./sampling/sampler/en.ts'),
  },
  'plane-samplers': {
    title: 'Home by any sampler',
    chapter: 'sampling',
    load: () => import('./sampling/plane-samplers/en.ts'),
  },
  exact: {
    title: 'The same noise, exact and learned',
    chapter: 'sampling',
    load: () => import('./sampling/exact/en.ts'),
  },
  'guided-law': {
    title: 'What guidance samples',
    chapter: 'sampling',
    load: () => import('./sampling/guidance/en.ts'),
  },
  'flow-plane': {
    title: 'A flow from noise to a shape',
    chapter: 'straight-paths',
    load: () => import('./straight-paths/flow-plane/en.ts'),
  },
  reflow: {
    title: 'Reflow',
    chapter: 'straight-paths',
    load: () => import('./straight-paths/reflow/en.ts'),
  },
  'flow-converter': {
    title: 'One answer under all its names',
    chapter: 'straight-paths',
    load: () => import('./straight-paths/flow-converter/en.ts'),
  },
  'flow-against-noise': {
    title: 'Asked for the velocity, asked for the noise',
    chapter: 'straight-paths',
    load: () => import('./straight-paths/flow-against-noise/en.ts'),
  },
  'width-dial': {
    title: 'How wide should the bell be?',
    chapter: 'learned-width',
    load: () => import('./learned-width/width-dial/en.ts'),
  },
  'trained-width': {
    title: 'A width, learned',
    chapter: 'learned-width',
    load: () => import('./learned-width/trained-width/en.ts'),
  },
  importance: {
    title: 'Which t is worth a look?',
    chapter: 'learned-width',
    load: () => import('./learned-width/importance/en.ts'),
  },
};
