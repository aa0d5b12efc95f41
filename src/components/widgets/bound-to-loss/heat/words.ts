export const en = {
  plot: { step: 'training step', loss: 'loss per pixel', floor: 'floor', empty: 'press Train' },
};
export type LossHeatWords = typeof en;
