/** Words of chapters 11 and 12: how images are judged, and the neighbours of diffusion. */
import type { Term } from './term.ts';

export const referenceTerms: Term[] = [
  {
    term: 'autoregressive model',
    zh: '自回归模型',
    meaning:
      'A model that draws an image pixel by pixel, each from a distribution given those before it.',
    chapter: 'map',
  },
  {
    term: 'flow matching',
    zh: '流匹配',
    meaning:
      'Learning in which direction, and how fast, each point should move to get from noise to data.',
    chapter: 'map',
  },
  {
    term: 'Fréchet distance, FID',
    zh: '弗雷歇距离',
    meaning:
      'How far apart real images and samples are, by two bells: one over the features of each, the numbers that a network trained on images makes of them; 0 for equal bells.',
    chapter: 'map',
  },
  {
    term: 'Inception Score',
    zh: 'Inception 分数',
    meaning:
      'Whether a classifier is sure of each sample and sees many classes over all; it never looks at real data.',
    chapter: 'map',
  },
  {
    term: 'kernel distance, KID',
    zh: '核距离',
    meaning:
      'A distance of two sets of images that compares their features pair by pair, without a bell; its estimate from samples has no bias.',
    chapter: 'map',
  },
  {
    term: 'latent diffusion',
    zh: '潜在扩散',
    meaning:
      'Diffusion of a small summary of the image, from which a second network makes the pixels.',
    chapter: 'map',
  },
];
