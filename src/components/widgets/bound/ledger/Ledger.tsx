import { useMemo } from 'preact/hooks';
import { TOY_LABELS, TOY_NAMES } from '../../../../lib/data/toyData.ts';
import {
  diffusionSum,
  perNat,
  segments,
  termsOverTime,
  UNIT_LABELS,
  UNITS,
} from '../../../../lib/plots/bound/ledger.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { BOUND_VARIANCES, type BoundVarianceName } from '../../../../lib/worker/exact/protocol.ts';
import { Segmented, Select } from '../../../controls/Choice.tsx';
import { Legend } from '../../../controls/Legend.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { ExactMissing } from '../../shared/exactAnswer.tsx';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import { FirstVarianceChoice } from '../FirstVarianceChoice.tsx';
import { LearnedWidth } from '../LearnedWidth.tsx';
import { accountOf, type LedgerSchedule, useBounds, useLedgerState } from './ledgerState.ts';

const VARIANCE_LABELS: Record<BoundVarianceName, string> = {
  exact: 'exact kernel',
  bestGaussian: 'best bell',
  bestIsotropic: 'best σ²(t)',
  learned: 'learned σ²(t)',
  betaTilde: 'σ² = β̃',
  beta: 'σ² = β',
};
const SCHEDULES = [
  { value: 'example' as LedgerSchedule, label: 'β = 0.1, 0.2 (T = 2)' },
  ...SCHEDULE_OPTIONS,
];
const DIMENSION = 4;

/** Every term of the bound for the best denoiser there is: one bar for each width of the model's bells. */
export default function Ledger() {
  const state = useLedgerState();
  const { data, weight, kind, T, variance, decoder, first, unit } = state;
  const exact = useBounds(accountOf(state));
  const { bounds, busy } = exact;
  const example = kind.value === 'example';
  const steps = example ? 2 : T.value;
  const factor = perNat(unit.value, DIMENSION);
  const label = UNIT_LABELS[unit.value];
  const chosen = bounds[variance.value];
  const known = BOUND_VARIANCES.filter((v) => bounds[v]);
  const any = known.length > 0 ? bounds[known[0]] : undefined;
  const floor = (any?.entropy ?? 0) * factor;
  const bars = useMemo(
    () => async () => {
      const { ledgerPlot } = await import('../../../../lib/plots/bound/ledgerPlot.ts');
      const rows = known.map((v) => ({ name: VARIANCE_LABELS[v], bound: bounds[v]! }));
      return ledgerPlot({
        rows: BOUND_VARIANCES.map((v) => VARIANCE_LABELS[v]),
        segments: rows.flatMap(({ name, bound }) => segments(name, bound, factor)),
        totals: rows.map(({ name, bound }) => ({
          row: name,
          total: bound.total * factor,
          error: bound.standardError.total * factor,
        })),
        floor,
        unit: label,
        chosen: VARIANCE_LABELS[variance.value],
      });
    },
    [bounds, factor, variance.value],
  );
  const terms = useMemo(
    () => async () => {
      const { termsPlot } = await import('../../../../lib/plots/bound/ledgerPlot.ts');
      const over = (bound: typeof chosen) => (bound ? termsOverTime(bound, factor) : []);
      return termsPlot(over(chosen), over(bounds.exact), label);
    },
    [chosen, bounds.exact, factor],
  );
  const show = (nats: number | undefined) =>
    nats === undefined ? '…' : printNumber(nats * factor, 7);
  const reset = () => {
    data.value = 'all16';
    weight.value = 0;
    kind.value = 'example';
    T.value = 100;
    variance.value = 'exact';
    decoder.value = 'exact';
    first.value = 'beta1';
    unit.value = 'bitsPerDim';
  };
  const images = TOY_LABELS[data.value];
  const pending = busy ? 'The bounds are being computed.' : 'The bounds are missing.';
  return (
    <Widget
      id="ledger"
      inForce={{ T: steps }}
      title="The ledger"
      onReset={reset}
      caption="Each bar is −ELBO with the exact denoiser in place of the network. From left: the reconstruction, the steps from small t to large, and the two parts of the prior. Hover or tap a piece to read it."
    >
      <div class="controls row">
        <Select
          label="Data"
          value={data.value}
          options={TOY_NAMES.map((value) => ({ value, label: TOY_LABELS[value] }))}
          onChange={(v) => {
            data.value = v;
            weight.value = 0;
          }}
        />
        <Slider
          label="weight of the first image"
          value={weight.value}
          min={0}
          max={0.95}
          step={0.05}
          format={(v) => (v === 0 ? 'all alike' : v.toFixed(2))}
          onInput={(v) => {
            weight.value = v;
          }}
        />
        <Select
          label="Schedule"
          value={kind.value}
          options={SCHEDULES}
          onChange={(v) => {
            kind.value = v;
          }}
        />
        <Slider
          label="steps T"
          value={steps}
          min={2}
          max={1000}
          log
          disabled={example}
          onInput={(v) => {
            T.value = v;
          }}
        />
      </div>
      <div class="controls row">
        <Select
          label="Width of the bells"
          value={variance.value}
          options={BOUND_VARIANCES.map((value) => ({ value, label: VARIANCE_LABELS[value] }))}
          onChange={(v) => {
            variance.value = v;
          }}
        />
        <Segmented
          label="Decoder"
          value={decoder.value}
          options={[
            { value: 'exact', label: 'exact' },
            { value: 'discretized', label: 'DDPM’s bins' },
          ]}
          onChange={(v) => {
            decoder.value = v;
          }}
        />
        {decoder.value === 'discretized' && <FirstVarianceChoice of={first} />}
        <Segmented
          label="Unit"
          value={unit.value}
          options={UNITS.map((value) => ({
            value,
            label: value === 'bitsPerDim' ? 'bits/dim' : value,
          }))}
          onChange={(v) => {
            unit.value = v;
          }}
        />
      </div>
      <ExactMissing of={exact} lacks="Some bounds are missing here." />
      <div class="stats" aria-busy={busy}>
        <Stat label="−ELBO" value={show(chosen?.total)} />
        <Stat label="entropy" value={show(any?.entropy)} />
        <Stat label="prior" value={show(chosen?.prior)} />
        <Stat label="of it: left of the image" value={show(chosen?.priorParts.information)} />
        <Stat label="of it: the wrong start" value={show(chosen?.priorParts.mismatch)} />
        <Stat label="steps together" value={show(chosen && diffusionSum(chosen))} />
        <Stat label="reconstruction" value={show(chosen?.reconstruction)} />
        {chosen && chosen.method !== 'quadrature' && (
          <Stat label="standard error" value={show(chosen.standardError.total)} />
        )}
        {chosen?.learned && (
          <Stat label="steps of descent" value={String(chosen.learned.iterations)} />
        )}
      </div>
      <Legend
        entries={[
          { name: 'reconstruction L₀', colour: colours.noise },
          { name: 'steps L₁, L₂, …', colour: colours.p },
          { name: 'prior: what the end tells of the image', colour: colours.q },
          { name: 'prior: the wrong start', colour: colours.start },
          { name: 'entropy: the floor', colour: colours.exact },
        ]}
      />
      <Plot
        title={`The bound in ${label}`}
        options={bars}
        ratio={0.36}
        summary={
          chosen
            ? `${images}. With ${VARIANCE_LABELS[variance.value]}: total ${show(chosen.total)}, entropy ${show(chosen.entropy)}, prior ${show(chosen.prior)} (${show(chosen.priorParts.information)} that the noisy end tells of the image, ${show(chosen.priorParts.mismatch)} for the wrong start), steps ${show(diffusionSum(chosen))}, reconstruction ${show(chosen.reconstruction)} ${label}. ${known.map((v) => `${VARIANCE_LABELS[v]}: ${show(bounds[v]?.total)}`).join('; ')}.`
            : `${images}. ${pending}`
        }
      />
      <Plot
        title="Each step’s term"
        options={terms}
        ratio={0.3}
        summary={
          chosen
            ? `L at each t for ${VARIANCE_LABELS[variance.value]}, beside the exact kernel’s; together ${show(diffusionSum(chosen))} ${label}.`
            : pending
        }
      />
      {chosen?.learned && (
        <LearnedWidth
          v={chosen.learned.v}
          about={`Every v began at ½ and went down the gradient of its own term, ${chosen.learned.iterations} steps in all.`}
        />
      )}
      <p class="note" role="status">
        {busy
          ? 'Computing …'
          : !chosen
            ? ''
            : chosen.method !== 'quadrature'
              ? 'What is not exact is by Monte Carlo: these images do not fall apart into lines. Whiskers are two standard errors.'
              : 'By quadrature, accurate to the digits shown.'}
      </p>
    </Widget>
  );
}
