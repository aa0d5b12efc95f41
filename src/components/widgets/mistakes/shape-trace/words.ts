import { printCount } from '../../../../lib/words/printCount.ts';

export const en = {
  title: 'Where the tutorial’s network stops',
  caption: (hidden: number, embedding: number) =>
    `Hidden width ${hidden}, time embedding ${embedding}. Shapes and messages agree with PyTorch run on the same inputs.`,
  side: 'Image side',
  halvings: 'Halvings',
  time: 'Time handed over as',
  times: {
    floatVector: 'vector [B]',
    intColumn: 'whole numbers',
    floatColumn: 'float [B, 1]',
  },
  broadcast: 'Spread the embedding over the image',
  mend: 'Mend the channels of the way up',
  table: 'Shapes, layer by layer',
  layer: 'Layer',
  shape: 'batch × channels × height × width',
  runs: (parameters: number) =>
    `It runs: ${printCount(parameters, 'en')} parameters, and still not a diffusion model. There is no schedule, no loss and no sampler in it.`,
};
export type ShapeTraceWords = typeof en;
