import type { Signal } from '@preact/signals';
import { FIRST_VARIANCES, type FirstVariance } from '../../../lib/math/process/firstVariance.ts';
import { Segmented } from '../../controls/Choice.tsx';
import type { BoundWords } from './words.ts';

/** The width of the last bell, which no posterior gives: the same choice in every ledger. */
export function FirstVarianceChoice({ of, say }: { of: Signal<FirstVariance>; say: BoundWords }) {
  return (
    <Segmented
      label={say.firstVariance}
      value={of.value}
      options={FIRST_VARIANCES.map((value) => ({ value, label: say.firstVariances[value] }))}
      onChange={(value) => {
        of.value = value;
      }}
    />
  );
}
