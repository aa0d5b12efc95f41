import { useMemo } from 'preact/hooks';
import {
  bellHandles,
  bestForward,
  bestReverse,
  bothWays,
  noisyPixel,
} from '../../../../lib/plots/bound/klFitter.ts';
import { splitExample } from '../../../../lib/plots/going-back/reverseKernel.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { Desk } from '../../../controls/Desk.tsx';
import { DragPlot } from '../../../controls/DragPlot.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { number, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import type { KLFitterWords } from './words.ts';

const START = { mean: 0.4, variance: 0.25, white: 0.5 };

/** A bell to drag over two bumps; the divergence both ways, and where it is paid. */
export default function KLFitter({ words: say }: { words: KLFitterWords }) {
  const { mean, variance, white } = useMemo(
    () => ({
      mean: urlSignal('kl.mean', START.mean, number(-2.5, 2.5)),
      variance: urlSignal('kl.variance', START.variance, number(0.01, 4)),
      white: urlSignal('kl.white', START.white, number(0.02, 0.98)),
    }),
    [],
  );
  const truth = useMemo(() => noisyPixel(splitExample(2), 1, white.value), [white.value]);
  const bell = useMemo(
    () => ({ mean: mean.value, variance: variance.value }),
    [mean.value, variance.value],
  );
  const cost = useMemo(() => bothWays(truth, bell), [truth, bell]);
  const names = {
    truth: say.truth,
    bell: say.bell,
    forward: say.paidForward,
    reverse: say.paidReverse,
  };
  const curves = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/bound/klFitterPlot.ts')).fitterPlot(
        truth,
        bell,
        say.axes,
        names,
      ),
    [truth, bell],
  );
  const paid = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/bound/klFitterPlot.ts')).paymentPlot(
        truth,
        bell,
        say.axes,
        names,
      ),
    [truth, bell],
  );
  const move = (to: { mean: number; variance: number }) => {
    mean.value = to.mean;
    variance.value = to.variance;
  };
  const moveMean = (v: number) => {
    mean.value = v;
  };
  const setDeviation = (v: number) => {
    variance.value = v * v;
  };
  const at = bellHandles(bell);
  const nats = (v: number) => say.nats(printNumber(v, 4));
  return (
    <Widget
      id="kl"
      title={say.title}
      onReset={() => {
        move(START);
        white.value = START.white;
      }}
      caption={say.caption}
    >
      <Desk
        main={
          <>
            <div class="row">
              <Slider
                label={say.centre}
                value={mean.value}
                min={-2.5}
                max={2.5}
                step={0.01}
                format={(v) => fixed(v, 2)}
                onInput={moveMean}
              />
              <Slider
                label={say.width}
                value={Math.sqrt(variance.value)}
                min={0.1}
                max={2}
                step={0.001}
                log
                format={(v) => v.toFixed(3)}
                onInput={setDeviation}
              />
              <Slider
                label={say.white}
                value={white.value}
                min={0.02}
                max={0.98}
                step={0.01}
                format={(v) => `${Math.round(100 * v)} %`}
                onInput={(v) => {
                  white.value = v;
                }}
              />
            </div>
            <div class="buttons">
              <button type="button" class="button" onClick={() => move({ mean: 0, variance: 1 })}>
                N(0, 1)
              </button>
              <button
                type="button"
                class="button"
                onClick={() => move({ mean: truth.means[0], variance: truth.variances[0] })}
              >
                {say.oneBump}
              </button>
              <button type="button" class="button" onClick={() => move(bestForward(truth))}>
                {say.bestForward}
              </button>
              <button type="button" class="button" onClick={() => move(bestReverse(truth, bell))}>
                {say.bestReverse}
              </button>
            </div>
          </>
        }
        stats={
          <div class="stats">
            <Stat label={say.forward} value={cost.forward} format={nats} />
            <Stat label={say.reverse} value={cost.reverse} format={nats} />
          </div>
        }
      >
        <div class="columns">
          <div>
            <DragPlot
              handles={[
                {
                  ...at.side,
                  min: mean.value + 0.1,
                  max: mean.value + 2,
                  step: 0.001,
                  onDrag: (x) => setDeviation(x - mean.value),
                },
                { ...at.top, min: -2.5, max: 2.5, step: 0.01, onDrag: moveMean },
              ]}
            >
              <Plot
                title={say.curvesTitle}
                options={curves}
                ratio={0.6}
                summary={say.curvesSummary(
                  truth.means[0].toFixed(3),
                  bell.mean.toFixed(2),
                  Math.sqrt(bell.variance).toFixed(3),
                )}
              />
            </DragPlot>
          </div>
          <div>
            <Plot
              title={say.paidTitle}
              options={paid}
              ratio={0.6}
              summary={say.paidSummary(nats(cost.forward), nats(cost.reverse))}
            />
          </div>
        </div>
      </Desk>
    </Widget>
  );
}
