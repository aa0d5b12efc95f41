import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Bound } from '../../lib/math/elbo.ts';
import { colours } from '../../lib/plots/colours.ts';
import { perNat, segments, termsOverTime } from '../../lib/plots/ledger.ts';
import { accountFrom, accountSegments } from '../../lib/plots/modelLedger.ts';
import { TOY_LABELS, toyData } from '../../lib/plots/toyData.ts';
import { createExact } from '../../lib/worker/exact/client.ts';
import { Segmented, Select } from '../controls/Choice.tsx';
import { Legend } from '../controls/Legend.tsx';
import { Plot } from '../controls/Plot.tsx';
import { Stat } from '../controls/Stat.tsx';
import { oneOf, urlSignal } from '../controls/urlState.ts';
import { Widget } from '../controls/Widget.tsx';
import { createMeasurement } from './measurement.ts';
import { printNumber } from './predictAnswer.ts';
import { createTinyRun, TINY_SCHEDULE, type TinyData } from './tinyRun.ts';

const DATA: readonly TinyData[] = ['all16', 'two', 'bars'];
const STEPS = 3000;
const FACTOR = perNat('bitsPerDim', 4);
const NETWORK = 'the network';
const BEST = 'exact denoiser';

/** The bound of a network: of a small one trained here, beside the exact terms; or of the shipped MNIST model. */
export default function ModelLedger() {
  const { model, dataset } = useMemo(
    () => ({
      model: urlSignal<'tiny' | 'mnist'>('model.of', 'tiny', oneOf(['tiny', 'mnist'] as const)),
      dataset: urlSignal<TinyData>('model.data', 'two', oneOf(DATA)),
    }),
    [],
  );
  const run = useMemo(() => createTinyRun(), []);
  const measured = useMemo(createMeasurement, []);
  const exact = useMemo(createExact, []);
  const [best, setBest] = useState<Bound | null>(null);
  const tiny = model.value === 'tiny';
  useEffect(() => {
    setBest(null);
    if (!tiny) return;
    let stale = false;
    exact
      .bound({
        schedule: TINY_SCHEDULE,
        ...toyData(dataset.value),
        variance: 'betaTilde',
        decoder: 'discretized',
      })
      .then((bound) => !stale && setBest(bound))
      .catch(() => {}); // the network's own bars stand without it
    return () => {
      stale = true;
      exact.drop();
    };
  }, [dataset.value, tiny]);
  useEffect(
    () => () => {
      measured.stop();
      run.stop();
    },
    [],
  );
  const clear = () => {
    measured.stop();
    measured.terms.value = [];
    measured.status.value = 'idle';
    measured.error.value = '';
  };
  const account = accountFrom(measured.strata.value, measured.terms.value);
  const terms = useMemo(
    () => async () =>
      (await import('../../lib/plots/modelLedgerPlot.ts')).modelTermsPlot(
        measured.terms.value,
        best ? termsOverTime(best, FACTOR) : [],
        tiny ? TINY_SCHEDULE.T : 1000,
      ),
    [measured.terms.value, best, tiny],
  );
  const bars = useMemo(
    () => async () => {
      const { ledgerPlot } = await import('../../lib/plots/ledgerPlot.ts');
      const rows = [
        ...(account ? [{ row: NETWORK, total: account.total, error: account.standardError }] : []),
        ...(best ? [{ row: BEST, total: best.bitsPerDim, error: 0 }] : []),
      ];
      return ledgerPlot({
        rows: tiny ? [NETWORK, BEST] : [NETWORK],
        segments: [
          ...(account ? accountSegments(NETWORK, account) : []),
          ...(best ? segments(BEST, best, FACTOR) : []),
        ],
        totals: rows,
        floor: best ? best.entropy * FACTOR : undefined,
        unit: 'bits per dimension',
        chosen: NETWORK,
      });
    },
    [account?.total, best, tiny],
  );
  const training = run.status.value === 'training' || run.status.value === 'starting';
  const busy = measured.status.value === 'loading' || measured.status.value === 'measuring';
  const show = (v: number | undefined) => (v === undefined ? '…' : printNumber(v, 5));
  const train = async () => {
    if (training) return run.pause();
    if (run.status.value === 'paused') return run.resume();
    clear();
    return run.start({
      dataset: dataset.value,
      prediction: 'v',
      weighting: 'simple',
      steps: STEPS,
    });
  };
  const measure = async () => {
    if (busy) return measured.stop();
    if (!tiny) return measured.mnist();
    if (training) await run.pause();
    const trainer = run.trainer();
    if (trainer) return measured.tiny(trainer);
  };
  const error = run.error.value || measured.error.value;
  const message =
    measured.download.value ||
    (measured.status.value === 'loading'
      ? 'Starting the worker …'
      : measured.status.value === 'measuring'
        ? `Measuring: ${Math.round(100 * measured.progress.value)} %`
        : run.status.value === 'starting'
          ? 'Starting the training worker …'
          : '');
  return (
    <Widget
      id="model"
      title="The ledger of a network"
      onReset={() => {
        clear();
        run.stop();
        model.value = 'tiny';
        dataset.value = 'two';
      }}
      caption={
        tiny
          ? 'A small UNet that predicts v; cosine schedule, T = 100, σ² = β̃, decoder of DDPM eq. 13. Every t is measured with 256 draws; whiskers are two standard errors.'
          : 'The checkpoint that samples digits on the home page, on MNIST’s test images: σ² = β̃, decoder of DDPM eq. 13 with 256 grey levels. Two random t from each of some twenty ranges, 64 images each, so the total is unbiased.'
      }
    >
      <div class="controls row">
        <Segmented
          label="Model"
          value={model.value}
          options={[
            { value: 'tiny', label: 'trained here' },
            { value: 'mnist', label: 'MNIST, as shipped' },
          ]}
          onChange={(v) => {
            clear();
            run.stop();
            model.value = v;
          }}
        />
        {tiny && (
          <Select
            label="Data"
            value={dataset.value}
            options={DATA.map((value) => ({ value, label: TOY_LABELS[value] }))}
            onChange={(v) => {
              clear();
              run.stop();
              dataset.value = v;
            }}
          />
        )}
        {tiny && (
          <button
            type="button"
            class="button primary"
            disabled={run.status.value === 'starting' || busy}
            onClick={train}
          >
            {training ? 'Pause' : run.status.value === 'paused' ? 'Train on' : 'Train'}
          </button>
        )}
        <button
          type="button"
          class={tiny ? 'button' : 'button primary'}
          disabled={tiny && run.step.value === 0}
          onClick={measure}
        >
          {busy ? 'Stop' : 'Measure'}
        </button>
      </div>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <p class="note" role="status">
        {message}
      </p>
      <div class="stats">
        {tiny && <Stat label="training step" value={`${run.step.value} of ${STEPS}`} />}
        <Stat
          label="network, bits per dimension"
          value={
            account ? `${show(account.total)} ± ${printNumber(account.standardError, 2)}` : '…'
          }
        />
        {tiny && <Stat label="exact denoiser" value={show(best?.bitsPerDim)} />}
        {tiny && <Stat label="entropy" value={best ? show(best.entropy * FACTOR) : '…'} />}
        <Stat label="reconstruction" value={show(account?.reconstruction)} />
        <Stat label="steps" value={show(account?.diffusion)} />
        <Stat label="prior" value={show(account?.prior)} />
      </div>
      <Plot
        title="The whole bound"
        options={bars}
        ratio={0.2}
        summary={
          account
            ? `Reconstruction ${show(account.reconstruction)}, steps ${show(account.diffusion)}, prior ${show(account.prior)} bits per dimension.`
            : 'Measure to fill this plot.'
        }
      />
      <Plot
        title="Each step’s term, both axes logarithmic"
        options={terms}
        ratio={0.42}
        summary={
          account
            ? `The network’s bound is ${show(account.total)} bits per dimension, standard error ${printNumber(account.standardError, 2)}.${best ? ` The exact denoiser’s is ${show(best.bitsPerDim)}.` : ''}`
            : 'Measure to fill this plot.'
        }
      />
      <Legend
        entries={[
          { name: 'the network’s steps, ± two standard errors', colour: colours.p },
          ...(tiny ? [{ name: 'the exact denoiser; entropy', colour: colours.exact }] : []),
          { name: 'reconstruction', colour: colours.noise },
          { name: 'prior', colour: colours.q },
        ]}
      />
    </Widget>
  );
}
