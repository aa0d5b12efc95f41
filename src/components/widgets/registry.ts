import type { ComponentType } from 'preact';

interface Entry {
  title: string;
  chapter: string;
  load: () => Promise<{ default: ComponentType }>;
}

/** Every widget of the book by its id: /embed/<id>/ shows one alone, /gallery/ shows them all. */
export const registry: Record<string, Entry> = {
  network: {
    title: 'The UNet, block by block',
    chapter: 'network',
    load: () => import('./NetworkDiagram.tsx'),
  },
  'time-embedding': {
    title: 'A clock of 64 waves',
    chapter: 'network',
    load: () => import('./TimeEmbedding.tsx'),
  },
  'four-pixels': {
    title: 'The example, worked out',
    chapter: 'four-pixels',
    load: () => import('./FourPixels.tsx'),
  },
  'why-two-fails': {
    title: 'A perfect reverse chain, started from the wrong place',
    chapter: 'four-pixels',
    load: () => import('./WhyTwoFails.tsx'),
  },
  'learned-vs-exact': {
    title: 'The network beside the exact answer',
    chapter: 'four-pixels',
    load: () => import('./LearnedVsExact.tsx'),
  },
};
