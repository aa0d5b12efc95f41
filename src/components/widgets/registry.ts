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
};
