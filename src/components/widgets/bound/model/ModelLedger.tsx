import { useEffect, useMemo } from 'preact/hooks';
import { TOY_LABELS, toyData } from '../../../../lib/data/toyData.ts';
import { FIRST_VARIANCES, type FirstVariance } from '../../../../lib/math/process/firstVariance.ts';
import {
  accountFrom,
  MODEL_WIDTHS,
  type ModelWidth,
  withWidth,
} from '../../../../lib/plots/bound/modelLedger.ts';
import { printMeasured } from '../../../../lib/words/printNumber.ts';
import { Segmented, Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { ExactMissing, useExactAnswer } from '../../shared/exactAnswer.tsx';
import { createTinyRun, TINY_SCHEDULE, type TinyData } from '../../shared/tinyRun.ts';
import { FirstVarianceChoice } from '../FirstVarianceChoice.tsx';
import { BITS_PER_DIM, ModelAccounts, WIDTH_LABELS } from './ModelAccounts.tsx';
import { createMeasurement } from './measurement.ts';
import type { ModelLedgerWords } from './words.ts';

const DATA: readonly TinyData[] = ['all16', 'two', 'bars'];
const STEPS = 3000;

/** The bound of a network: of a small one trained here, beside the exact terms; or of the shipped MNIST model. */
export default function ModelLedger({ words: say }: { words: ModelLedgerWords }) {
  const { model, dataset, width, first } = useMemo(
    () => ({
      width: urlSignal<ModelWidth>('model.width', 'betaTilde', oneOf(MODEL_WIDTHS)),
      model: urlSignal<'tiny' | 'mnist'>('model.of', 'tiny', oneOf(['tiny', 'mnist'] as const)),
      first: urlSignal<FirstVariance>('model.first', 'beta1', oneOf(FIRST_VARIANCES)),
      dataset: urlSignal<TinyData>('model.data', 'two', oneOf(DATA)),
    }),
    [],
  );
  const run = useMemo(() => createTinyRun(), []);
  const measured = useMemo(createMeasurement, []);
  const tiny = model.value === 'tiny';
  const exact = useExactAnswer(
    [model.value, dataset.value, width.value, first.value].join(),
    (worker) =>
      tiny
        ? worker.bound({
            schedule: TINY_SCHEDULE,
            ...toyData(dataset.value),
            variance: width.value,
            decoder: 'discretized',
            firstVariance: first.value,
          })
        : null,
  );
  const best = exact.value;
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
    measured.noData.value = false;
  };
  const choose = (v: typeof model.value) => {
    clear();
    run.stop();
    model.value = v;
  };
  // The same draws in three accounts, one for each width.
  const accounts = useMemo(
    () =>
      MODEL_WIDTHS.map((name) => {
        const { terms, v } = withWidth(
          measured.terms.value,
          name,
          measured.subject.value,
          first.value,
        );
        return { name, terms, v, account: accountFrom(measured.strata.value, terms) };
      }),
    [measured.terms.value, first.value],
  );
  const chosen = accounts.find(({ name }) => name === width.value) ?? accounts[0];
  const { account } = chosen;
  const training = run.status.value === 'training' || run.status.value === 'starting';
  const busy = measured.status.value === 'loading' || measured.status.value === 'measuring';
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
      computes
      title="The ledger of a network"
      onReset={() => {
        clear();
        run.stop();
        model.value = 'tiny';
        dataset.value = 'two';
        width.value = 'betaTilde';
        first.value = 'beta1';
      }}
      caption={
        tiny
          ? 'A small UNet that predicts v; cosine schedule, T = 100, decoder of DDPM eq. 13. Every t is measured with 256 draws; whiskers are two standard errors.'
          : 'The checkpoint that samples digits on the home page, on MNIST’s test images: decoder of DDPM eq. 13 with 256 grey levels. Two random t from each of some twenty ranges, 64 images each, so the total is unbiased.'
      }
    >
      {error && (
        <p class="error" role="alert">
          {error}{' '}
          {measured.noData.value && (
            <button type="button" class="button small" onClick={() => choose('tiny')}>
              Measure a small network trained here
            </button>
          )}
        </p>
      )}
      <ExactMissing
        of={exact}
        lacks="The exact denoiser’s bars and the entropy are missing here; the network can be measured without them."
      />
      <Desk
        main={
          <>
            <div class="buttons">
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
            <div class="row">
              {' '}
              <Segmented
                label="Width of the bells"
                value={width.value}
                options={MODEL_WIDTHS.map((value) => ({ value, label: WIDTH_LABELS[value] }))}
                onChange={(v) => {
                  width.value = v;
                }}
              />
            </div>
            <p class="note" role="status">
              {message}
            </p>
          </>
        }
        stats={
          <div class="stats">
            {tiny && <Stat label="training step" value={`${run.step.value} of ${STEPS}`} />}
            <Stat
              label="network, bits per dimension"
              hint="± one standard error; the whiskers below span two to each side"
              value={account ? account.total : '…'}
              format={(total) => printMeasured(total, account?.standardError ?? 0)}
            />
            {tiny && <Stat label="exact denoiser" value={best?.bitsPerDim ?? '…'} />}
            {tiny && <Stat label="entropy" value={best ? best.entropy * BITS_PER_DIM : '…'} />}
            <Stat label="reconstruction" value={account?.reconstruction ?? '…'} />
            <Stat label="steps" value={account?.diffusion ?? '…'} />
            <Stat label="prior" value={account?.prior ?? '…'} />
            {tiny && (
              <Stat
                label="of it: the wrong start"
                value={best ? best.priorParts.mismatch * BITS_PER_DIM : '…'}
              />
            )}
          </div>
        }
        settings={[model, dataset, first]}
        rest={
          <div class="row">
            <Segmented
              label="Model"
              value={model.value}
              options={[
                { value: 'tiny', label: 'trained here' },
                { value: 'mnist', label: 'MNIST, as shipped' },
              ]}
              onChange={choose}
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
            <FirstVarianceChoice of={first} say={say.bound} />
          </div>
        }
      >
        <ModelAccounts
          accounts={accounts}
          say={say.bound}
          width={width.value}
          best={best}
          T={tiny ? TINY_SCHEDULE.T : 1000}
        />
      </Desk>
    </Widget>
  );
}
