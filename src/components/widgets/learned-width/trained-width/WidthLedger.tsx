import { useMemo } from 'preact/hooks';
import type { Bound } from '../../../../lib/math/bound/elbo.ts';
import { ledgerHeight, segments } from '../../../../lib/plots/bound/ledger.ts';
import { type Account, accountSegments } from '../../../../lib/plots/bound/modelLedger.ts';
import { printMeasured } from '../../../../lib/words/printNumber.ts';
import { Plot } from '../../../controls/Plot.tsx';
import { BITS_PER_DIM } from '../../bound/model/ModelAccounts.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { CHAIN, WIDTHS, type Width } from './trainedWidth.ts';
import type { TrainedWidthWords } from './words.ts';

interface Props {
  accounts: Partial<Record<Width, Account>>;
  /** The exact denoiser's bounds. */
  exact: Record<'single' | 'bell', Bound> | null;
  say: TrainedWidthWords;
}

/** One bar for each width of the same network, and two of the exact denoiser. */
export function WidthLedger({ accounts, exact, say }: Props) {
  const known = WIDTHS.flatMap((width) => {
    const account = accounts[width];
    return account ? [{ row: say.widths[width], account }] : [];
  });
  const best = exact?.single ?? null;
  const bounds = exact
    ? (['single', 'bell'] as const).map((name) => ({ row: say.exact[name], bound: exact[name] }))
    : [];
  const bars = useMemo(
    () => async () => {
      const { ledgerPlot } = await import('../../../../lib/plots/bound/ledgerPlot.ts');
      const parts = best
        ? {
            information: best.priorParts.information * BITS_PER_DIM,
            mismatch: best.priorParts.mismatch * BITS_PER_DIM,
          }
        : undefined;
      return ledgerPlot({
        rows: [...WIDTHS.map((width) => say.widths[width]), say.exact.single, say.exact.bell],
        segments: [
          ...known.flatMap(({ row, account }) =>
            accountSegments(row, account, CHAIN.T, say.bound.pieces, parts),
          ),
          ...bounds.flatMap(({ row, bound }) =>
            segments(row, bound, BITS_PER_DIM, say.bound.pieces),
          ),
        ],
        totals: [
          ...known.map(({ row, account: { total, standardError } }) => ({
            ...{ row, total, error: standardError },
          })),
          ...bounds.map(({ row, bound }) => ({
            ...{ row, total: bound.bitsPerDim },
            error: bound.standardError.total * BITS_PER_DIM,
          })),
        ],
        floor: best ? best.entropy * BITS_PER_DIM : undefined,
        unit: say.bits,
        entropy: say.entropy,
        chosen: say.widths.learned,
      });
    },
    [accounts, exact],
  );
  return (
    <Plot
      title={say.ledger}
      options={bars}
      height={ledgerHeight(WIDTHS.length + 2)}
      summary={
        known.length > 0
          ? say.ledgerSummary(
              known.map(({ row, account }) => [
                row,
                printMeasured(account.total, account.standardError),
              ]),
              best ? printNumber(best.entropy * BITS_PER_DIM, 4) : '…',
            )
          : say.ledgerLater
      }
    />
  );
}
