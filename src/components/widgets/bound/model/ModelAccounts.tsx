import { useMemo } from 'preact/hooks';
import type { Bound } from '../../../../lib/math/bound/elbo.ts';
import {
  ledgerHeight,
  perNat,
  segments,
  termsOverTime,
} from '../../../../lib/plots/bound/ledger.ts';
import {
  type Account,
  accountSegments,
  MODEL_WIDTHS,
  type ModelWidth,
  type TermEstimate,
} from '../../../../lib/plots/bound/modelLedger.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { Legend } from '../../../controls/Legend.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { LearnedWidth } from '../LearnedWidth.tsx';
import type { BoundWords } from '../words.ts';

/** Of 2×2 images, whose exact bound comes in nats. */
export const BITS_PER_DIM = perNat('bitsPerDim', 4);
export const WIDTH_LABELS: Record<ModelWidth, string> = {
  betaTilde: 'σ² = β̃',
  beta: 'σ² = β',
  learned: 'learned σ²(t)',
};
const BEST = 'exact denoiser';

export interface WidthAccount {
  name: ModelWidth;
  terms: TermEstimate[];
  /** v_t, where it is learned. */
  v?: Float64Array;
  /** Null while terms are missing. */
  account: Account | null;
}
interface Props {
  accounts: readonly WidthAccount[];
  width: ModelWidth;
  /** The exact denoiser's bound with that width, of 2×2 images; null where nobody knows it. */
  best: Bound | null;
  T: number;
  say: BoundWords;
}

const show = (v: number | undefined) => (v === undefined ? '…' : printNumber(v, 5));

/** A network's account with each width of its bells, the chosen one's terms over t, and what was learned. */
export function ModelAccounts({ accounts, width, best, T, say }: Props) {
  const chosen = accounts.find(({ name }) => name === width) ?? accounts[0];
  const { account } = chosen;
  // In bits per dimension. Only where the law of the images is known can their noisy end be split.
  const parts = best
    ? {
        information: best.priorParts.information * BITS_PER_DIM,
        mismatch: best.priorParts.mismatch * BITS_PER_DIM,
      }
    : undefined;
  const terms = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/bound/modelLedgerPlot.ts')).modelTermsPlot(
        chosen.terms,
        best ? termsOverTime(best, BITS_PER_DIM) : [],
        T,
        say.units.bitsPerDim,
      ),
    [chosen, best, T],
  );
  const bars = useMemo(
    () => async () => {
      const { ledgerPlot } = await import('../../../../lib/plots/bound/ledgerPlot.ts');
      const known = accounts.flatMap(({ name, account: found }) =>
        found ? [{ row: WIDTH_LABELS[name], found }] : [],
      );
      return ledgerPlot({
        rows: [...MODEL_WIDTHS.map((name) => WIDTH_LABELS[name]), ...(best ? [BEST] : [])],
        segments: [
          ...known.flatMap(({ row: name, found }) =>
            accountSegments(name, found, T, say.pieces, parts),
          ),
          ...(best ? segments(BEST, best, BITS_PER_DIM, say.pieces) : []),
        ],
        totals: [
          ...known.map(({ row: name, found }) => ({
            row: name,
            total: found.total,
            error: found.standardError,
          })),
          ...(best ? [{ row: BEST, total: best.bitsPerDim, error: 0 }] : []),
        ],
        floor: best ? best.entropy * BITS_PER_DIM : undefined,
        unit: say.units.bitsPerDim,
        entropy: say.entropy,
        chosen: WIDTH_LABELS[width],
      });
    },
    [accounts, best, width, T],
  );
  return (
    <>
      <Plot
        title="The whole bound"
        options={bars}
        height={ledgerHeight(MODEL_WIDTHS.length + (best ? 1 : 0))}
        summary={
          account
            ? `Totals: ${accounts.map(({ name, account: found }) => `${WIDTH_LABELS[name]} ${show(found?.total)}`).join('; ')}. With ${WIDTH_LABELS[width]}: reconstruction ${show(account.reconstruction)}, steps ${show(account.diffusion)}, prior ${show(account.prior)} bits per dimension.`
            : 'Measure to fill this plot.'
        }
      />
      <Plot
        title="Each step’s term, both axes logarithmic"
        options={terms}
        ratio={0.28}
        summary={
          account
            ? `The network’s bound is ${show(account.total)} bits per dimension, standard error ${printNumber(account.standardError, 2)}.${best ? ` The exact denoiser’s is ${show(best.bitsPerDim)}.` : ''}`
            : 'Measure to fill this plot.'
        }
      />
      <Legend
        entries={[
          { name: 'the network’s steps, ± two standard errors', colour: colours.p },
          ...(best ? [{ name: 'the exact denoiser; entropy', colour: colours.exact }] : []),
          { name: 'reconstruction', colour: colours.noise },
          ...(best
            ? [
                { name: 'prior: what the end tells of the image', colour: colours.q },
                { name: 'prior: the wrong start', colour: colours.start },
              ]
            : [{ name: 'prior, both parts', colour: colours.q }]),
        ]}
      />
      {chosen.v && account && (
        <>
          <LearnedWidth
            v={chosen.v}
            say={say.width}
            exact={best?.learned?.v}
            about={best ? 'The network’s, with the exact denoiser’s dashed.' : 'At the measured t.'}
          />
          <p class="note">
            Each v is learned from one half of the draws and judged by the other half, then they
            change places.
          </p>
        </>
      )}
    </>
  );
}
