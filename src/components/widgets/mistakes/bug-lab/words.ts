export const en = {
  axes: { step: 'step', loss: 'loss' },
};
export type BugLabWords = typeof en;
