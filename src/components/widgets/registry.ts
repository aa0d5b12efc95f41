import type { ComponentType } from 'preact';

interface Entry {
  title: string;
  chapter: string;
  load: () => Promise<{ default: ComponentType }>;
}

/** Every widget of the book by its id: /embed/<id>/ shows one alone, /gallery/ shows them all. */
export const registry: Record<string, Entry> = {
  ink: {
    title: 'Ink in water, and noise in pixels',
    chapter: 'from-noise',
    load: () => import('./from-noise/ink/Ink.tsx'),
  },
  bell: {
    title: 'A bell in your hands',
    chapter: 'markov-chain',
    load: () => import('./markov-chain/bell/Bell.tsx'),
  },
  'forward-chain': {
    title: 'A forward chain in your hands',
    chapter: 'markov-chain',
    load: () => import('./markov-chain/forward-chain/ForwardChain.tsx'),
  },
  'any-step': {
    title: 'Many steps or one jump',
    chapter: 'any-step',
    load: () => import('./any-step/any-step/AnyStep.tsx'),
  },
  'noise-budget': {
    title: 'What is xₜ made of?',
    chapter: 'any-step',
    load: () => import('./any-step/noise-budget/NoiseBudget.tsx'),
  },
  schedules: {
    title: 'Six schedules, and yours',
    chapter: 'any-step',
    load: () => import('./any-step/schedules/Schedules.tsx'),
  },
  network: {
    title: 'The UNet, block by block',
    chapter: 'network',
    load: () => import('./network/network/NetworkDiagram.tsx'),
  },
  'time-embedding': {
    title: 'A clock of 64 waves',
    chapter: 'network',
    load: () => import('./network/time-embedding/TimeEmbedding.tsx'),
  },
  'four-pixels': {
    title: 'The example, worked out',
    chapter: 'four-pixels',
    load: () => import('./four-pixels/four-pixels/FourPixels.tsx'),
  },
  'why-two-fails': {
    title: 'A perfect reverse chain, started from the wrong place',
    chapter: 'four-pixels',
    load: () => import('./four-pixels/why-two-fails/WhyTwoFails.tsx'),
  },
  'learned-vs-exact': {
    title: 'The network beside the exact answer',
    chapter: 'four-pixels',
    load: () => import('./four-pixels/learned-vs-exact/LearnedVsExact.tsx'),
  },
  'shape-trace': {
    title: 'Where the tutorial’s network stops',
    chapter: 'mistakes',
    load: () => import('./mistakes/shape-trace/ShapeTrace.tsx'),
  },
  'bug-lab': {
    title: 'The bug lab',
    chapter: 'mistakes',
    load: () => import('./mistakes/bug-lab/BugLab.tsx'),
  },
  reverse: {
    title: 'One step back, exactly',
    chapter: 'going-back',
    load: () => import('./going-back/reverse/ReverseKernel.tsx'),
  },
  posterior: {
    title: 'The step back when the clean pixel is known',
    chapter: 'going-back',
    load: () => import('./going-back/posterior/PosteriorLine.tsx'),
  },
  kl: {
    title: 'One bell for two bumps',
    chapter: 'bound',
    load: () => import('./bound/kl/KLFitter.tsx'),
  },
  ledger: {
    title: 'The ledger',
    chapter: 'bound',
    load: () => import('./bound/ledger/Ledger.tsx'),
  },
  model: {
    title: 'The ledger of a network',
    chapter: 'bound',
    load: () => import('./bound/model/ModelLedger.tsx'),
  },
  converter: {
    title: 'One guess in four languages',
    chapter: 'bound-to-loss',
    load: () => import('./bound-to-loss/converter/Converter.tsx'),
  },
  weights: {
    title: 'What a loss cares about',
    chapter: 'bound-to-loss',
    load: () => import('./bound-to-loss/weights/WeightCurve.tsx'),
  },
  heat: {
    title: 'The loss at every noise level, over training',
    chapter: 'bound-to-loss',
    load: () => import('./bound-to-loss/heat/LossHeat.tsx'),
  },
  'variance-mistake': {
    title: 'Where the variance goes',
    chapter: 'mistakes',
    load: () => import('./mistakes/variance-mistake/VarianceMistake.tsx'),
  },
  'live-strip': {
    title: 'Ten digits from noise',
    chapter: '',
    load: () => import('./home/live-strip/LiveStrip.tsx') as Promise<{ default: ComponentType }>,
  },
  trainer: {
    title: 'Train it here',
    chapter: 'training',
    load: () => import('./training/trainer/Trainer.tsx') as Promise<{ default: ComponentType }>,
  },
  sampler: {
    title: 'Digits from noise',
    chapter: 'sampling',
    load: () => import('./sampling/sampler/Sampler.tsx'),
  },
  exact: {
    title: 'The same noise, exact and learned',
    chapter: 'sampling',
    load: () => import('./sampling/exact/ExactSampler.tsx'),
  },
};
