/** State of the ledger: which account is asked for, and the answers as they come from the exact worker. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { TOY_NAMES, type ToyName, toyData } from '../../../../lib/data/toyData.ts';
import { type Bound, DECODERS, type Decoder } from '../../../../lib/math/bound/elbo.ts';
import { FIRST_VARIANCES, type FirstVariance } from '../../../../lib/math/process/firstVariance.ts';
import { SCHEDULE_KINDS, type ScheduleKind } from '../../../../lib/math/process/schedule.ts';
import { UNITS, type Unit } from '../../../../lib/plots/bound/ledger.ts';
import { createExact } from '../../../../lib/worker/exact/client.ts';
import { computeBound } from '../../../../lib/worker/exact/compute.ts';
import {
  BOUND_VARIANCES,
  type BoundRequest,
  type BoundVarianceName,
} from '../../../../lib/worker/exact/protocol.ts';
import { integer, number, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { type Missing, sayWhy } from '../../shared/exactAnswer.tsx';

export type LedgerSchedule = 'example' | ScheduleKind;
export const LEDGER_SCHEDULES: readonly LedgerSchedule[] = ['example', ...SCHEDULE_KINDS];
export type Bounds = Partial<Record<BoundVarianceName, Bound>>;

export const useLedgerState = () =>
  useMemo(
    () => ({
      data: urlSignal<ToyName>('ledger.data', 'all16', oneOf(TOY_NAMES)),
      /** Probability of the first image; 0 = all alike. */
      weight: urlSignal('ledger.weight', 0, number(0, 0.99)),
      kind: urlSignal<LedgerSchedule>('ledger.schedule', 'example', oneOf(LEDGER_SCHEDULES)),
      T: urlSignal('ledger.T', 100, integer(2, 1000)),
      variance: urlSignal<BoundVarianceName>('ledger.variance', 'exact', oneOf(BOUND_VARIANCES)),
      decoder: urlSignal<Decoder>('ledger.decoder', 'exact', oneOf(DECODERS)),
      first: urlSignal<FirstVariance>('ledger.first', 'beta1', oneOf(FIRST_VARIANCES)),
      unit: urlSignal<Unit>('ledger.unit', 'bitsPerDim', oneOf(UNITS)),
    }),
    [],
  );
export type LedgerState = ReturnType<typeof useLedgerState>;

/** The request without its variance: one account is asked for in all of them. */
export function accountOf(state: LedgerState): Omit<BoundRequest, 'variance'> {
  const { kind, T, data, weight, decoder, first } = state;
  return {
    schedule: kind.value === 'example' ? { betas: [0.1, 0.2] } : { kind: kind.value, T: T.value },
    ...toyData(data.value, weight.value > 0 ? weight.value : undefined),
    decoder: decoder.value,
    // Another account only where there are bins: the exact decoder has no σ₁².
    ...(decoder.value === 'discretized' ? { firstVariance: first.value } : {}),
  };
}

/** Two steps of a factorising data set take a millisecond: shown at once, and on the server. */
const isQuick = ({ schedule, weights }: Omit<BoundRequest, 'variance'>) =>
  'betas' in schedule &&
  weights.every((w) => Math.abs(w - weights[0]) < 1e-12) &&
  weights.length !== 6;

function quickBounds(account: Omit<BoundRequest, 'variance'>): Bounds {
  return Object.fromEntries(
    BOUND_VARIANCES.map((variance) => [variance, computeBound({ ...account, variance })]),
  );
}

/** The bounds of an account, one for each variance, filling up as the worker finishes them; `busy` until all are there. */
export function useBounds(
  account: Omit<BoundRequest, 'variance'>,
): Missing & { bounds: Bounds; busy: boolean } {
  const key = JSON.stringify(account);
  const exact = useMemo(createExact, []);
  const [cache] = useState(() => new Map<string, Bounds>());
  const [, redraw] = useState(0);
  const [tries, setTries] = useState(0);
  const [error, setError] = useState('');
  if (!cache.has(key)) cache.set(key, isQuick(account) ? quickBounds(account) : {});
  useEffect(() => {
    const bounds = cache.get(key) ?? {};
    const missing = BOUND_VARIANCES.filter((variance) => !bounds[variance]);
    setError('');
    if (missing.length === 0) return;
    let stale = false;
    const run = async () => {
      for (const variance of missing) {
        const bound = await exact.bound({ ...account, variance });
        if (stale) return;
        cache.set(key, { ...cache.get(key), [variance]: bound });
        redraw((n) => n + 1);
      }
    };
    // A slider in motion asks many accounts: only one that rests for a moment is worth the work.
    const timer = setTimeout(
      () => run().catch((reason: Error) => !stale && setError(sayWhy(reason))),
      120,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
      exact.drop();
    };
  }, [key, tries]);
  const bounds = cache.get(key) ?? {};
  const busy = !error && BOUND_VARIANCES.some((variance) => !bounds[variance]);
  return { bounds, busy, error, again: () => setTries((n) => n + 1) };
}
