export const en = {
  axes: { value: 'pixel value', density: 'density', payment: 'nats per unit' },
};
export type KLFitterWords = typeof en;
