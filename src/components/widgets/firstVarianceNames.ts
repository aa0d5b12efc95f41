import { FIRST_VARIANCES, type FirstVariance } from '../../lib/math/firstVariance.ts';

/** Whose σ₁² it is. */
export const FIRST_VARIANCE_LABELS: Record<FirstVariance, string> = {
  beta1: 'β₁, as the paper',
  betaTilde2: 'β̃₂, as the code',
};
export const FIRST_VARIANCE_OPTIONS = FIRST_VARIANCES.map((value) => ({
  value,
  label: FIRST_VARIANCE_LABELS[value],
}));
