import type { Signal } from '@preact/signals';
import { FIRST_VARIANCES, type FirstVariance } from '../../../lib/math/process/firstVariance.ts';
import { Segmented } from '../../controls/Choice.tsx';

/** Whose σ₁² it is. */
const LABELS: Record<FirstVariance, string> = {
  beta1: 'β₁, as the paper',
  betaTilde2: 'β̃₂, as the code',
};
const OPTIONS = FIRST_VARIANCES.map((value) => ({ value, label: LABELS[value] }));

/** The width of the last bell, which no posterior gives: the same choice in every ledger. */
export function FirstVarianceChoice({ of }: { of: Signal<FirstVariance> }) {
  return (
    <Segmented
      label="σ₁² of the bins"
      value={of.value}
      options={OPTIONS}
      onChange={(value) => {
        of.value = value;
      }}
    />
  );
}
