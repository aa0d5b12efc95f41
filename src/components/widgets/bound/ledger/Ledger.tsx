import { useMemo } from 'preact/hooks';
import { TOY_LABELS, TOY_NAMES } from '../../../../lib/data/toyData.ts';
import {
  diffusionSum,
  ledgerHeight,
  perNat,
  segments,
  termsOverTime,
  UNITS,
} from '../../../../lib/plots/bound/ledger.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { BOUND_VARIANCES } from '../../../../lib/worker/exact/protocol.ts';
import { Segmented, Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
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
import '../../bound-to-loss/bound.css';
import { accountOf, type LedgerSchedule, useBounds, useLedgerState } from './ledgerState.ts';
import type { LedgerWords } from './words.ts';

const DIMENSION = 4;

/** Every term of the bound for the best denoiser there is: one bar for each width of the model's bells. */
export default function Ledger({ words: say }: { words: LedgerWords }) {
  const state = useLedgerState();
  const { data, weight, kind, T, variance, decoder, first, unit } = state;
  const exact = useBounds(accountOf(state));
  const { bounds, busy } = exact;
  const example = kind.value === 'example';
  const steps = example ? 2 : T.value;
  const factor = perNat(unit.value, DIMENSION);
  const label = say.bound.units[unit.value];
  const chosen = bounds[variance.value];
  const known = BOUND_VARIANCES.filter((v) => bounds[v]);
  const any = known.length > 0 ? bounds[known[0]] : undefined;
  const floor = (any?.entropy ?? 0) * factor;
  const bars = useMemo(
    () => async () => {
      const { ledgerPlot } = await import('../../../../lib/plots/bound/ledgerPlot.ts');
      const rows = known.map((v) => ({ name: say.widths[v], bound: bounds[v]! }));
      return ledgerPlot({
        rows: BOUND_VARIANCES.map((v) => say.widths[v]),
        segments: rows.flatMap(({ name, bound }) =>
          segments(name, bound, factor, say.bound.pieces),
        ),
        totals: rows.map(({ name, bound }) => ({
          row: name,
          total: bound.total * factor,
          error: bound.standardError.total * factor,
        })),
        floor,
        unit: label,
        entropy: say.bound.entropy,
        chosen: say.widths[variance.value],
      });
    },
    [bounds, factor, variance.value],
  );
  const terms = useMemo(
    () => async () => {
      const { termsPlot } = await import('../../../../lib/plots/bound/ledgerPlot.ts');
      const over = (bound: typeof chosen) => (bound ? termsOverTime(bound, factor) : []);
      return termsPlot(over(chosen), over(bounds.exact), label, {
        chosen: say.widths[variance.value],
        exact: say.widths.exact,
      });
    },
    [chosen, bounds.exact, factor, variance.value],
  );
  const inUnit = (nats: number | undefined) => (nats === undefined ? '…' : nats * factor);
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
  const pending = busy ? say.pending : say.missing;
  return (
    <Widget
      id="ledger"
      inForce={{ T: steps }}
      title={say.title}
      onReset={reset}
      caption={say.caption}
    >
      <ExactMissing of={exact} lacks={say.lacks} />
      <Desk
        main={
          <>
            <div class="row">
              <Select
                label={say.data}
                value={data.value}
                options={TOY_NAMES.map((value) => ({ value, label: TOY_LABELS[value] }))}
                onChange={(v) => {
                  data.value = v;
                  weight.value = 0;
                }}
              />
              <Select
                label={say.schedule}
                value={kind.value}
                options={[
                  { value: 'example' as LedgerSchedule, label: say.example },
                  ...SCHEDULE_OPTIONS,
                ]}
                onChange={(v) => {
                  kind.value = v;
                }}
              />
              <Slider
                label={say.steps}
                value={steps}
                min={2}
                max={1000}
                log
                disabled={example}
                onInput={(v) => {
                  T.value = v;
                }}
              />
              <Select
                label={say.width}
                value={variance.value}
                options={BOUND_VARIANCES.map((value) => ({ value, label: say.widths[value] }))}
                onChange={(v) => {
                  variance.value = v;
                }}
              />
            </div>
            <p class="note" role="status">
              {busy
                ? say.computing
                : !chosen
                  ? ''
                  : chosen.method !== 'quadrature'
                    ? say.byChance
                    : say.byQuadrature}
            </p>
          </>
        }
        stats={
          <div class="stats" aria-busy={busy}>
            <Stat label="−ELBO" value={inUnit(chosen?.total)} />
            <Stat label={say.entropy} value={inUnit(any?.entropy)} />
            <Stat label={say.prior} value={inUnit(chosen?.prior)} />
            <Stat label={say.left} value={inUnit(chosen?.priorParts.information)} />
            <Stat label={say.wrongStart} value={inUnit(chosen?.priorParts.mismatch)} />
            <Stat label={say.stepsTogether} value={inUnit(chosen && diffusionSum(chosen))} />
            <Stat label={say.reconstruction} value={inUnit(chosen?.reconstruction)} />
            {chosen && chosen.method !== 'quadrature' && (
              <Stat label={say.error} value={inUnit(chosen.standardError.total)} />
            )}
            {chosen?.learned && (
              <Stat label={say.descent} value={String(chosen.learned.iterations)} />
            )}
          </div>
        }
        settings={[weight, decoder, first, unit]}
        fold
        rest={
          <div class="row">
            <Slider
              label={say.weight}
              value={weight.value}
              min={0}
              max={0.95}
              step={0.05}
              format={(v) => (v === 0 ? say.alike : v.toFixed(2))}
              onInput={(v) => {
                weight.value = v;
              }}
            />
            <Segmented
              label={say.decoder}
              value={decoder.value}
              options={[
                { value: 'exact', label: say.decoders.exact },
                { value: 'discretized', label: say.decoders.discretized },
              ]}
              onChange={(v) => {
                decoder.value = v;
              }}
            />
            {decoder.value === 'discretized' && <FirstVarianceChoice of={first} say={say.bound} />}
            <Segmented
              label={say.unit}
              value={unit.value}
              options={UNITS.map((value) => ({ value, label: say.shortUnits[value] }))}
              onChange={(v) => {
                unit.value = v;
              }}
            />
          </div>
        }
      >
        <Legend
          entries={[
            { name: say.legend.reconstruction, colour: colours.noise },
            { name: say.legend.steps, colour: colours.p },
            { name: say.legend.information, colour: colours.q },
            { name: say.legend.mismatch, colour: colours.start },
            { name: say.legend.entropy, colour: colours.exact },
          ]}
        />
        <Plot
          title={say.boundIn(label)}
          options={bars}
          height={ledgerHeight(BOUND_VARIANCES.length)}
          summary={
            chosen
              ? say.boundSummary(
                  images,
                  say.widths[variance.value],
                  {
                    total: show(chosen.total),
                    entropy: show(chosen.entropy),
                    prior: show(chosen.prior),
                    information: show(chosen.priorParts.information),
                    mismatch: show(chosen.priorParts.mismatch),
                    steps: show(diffusionSum(chosen)),
                    reconstruction: show(chosen.reconstruction),
                  },
                  label,
                  known.map((v) => say.named(say.widths[v], show(bounds[v]?.total))),
                )
              : say.still(images, pending)
          }
        />
        <div class="ledger-terms">
          <Plot
            title={say.terms}
            options={terms}
            ratio={0.3}
            summary={
              chosen
                ? say.termsSummary(say.widths[variance.value], show(diffusionSum(chosen)), label)
                : pending
            }
          />
          {chosen?.learned && (
            <LearnedWidth
              v={chosen.learned.v}
              about={say.learnedAbout(chosen.learned.iterations)}
              say={say.bound.width}
            />
          )}
        </div>
      </Desk>
    </Widget>
  );
}
