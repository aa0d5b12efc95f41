import { useMemo } from 'preact/hooks';
import { makeSchedule } from '../../../../lib/math/process/schedule.ts';
import {
  estimates,
  IMPORTANCE_WIDTHS,
  type ImportanceWidth,
  LAWS,
  lawsOf,
  momentsOf,
  scatterOf,
} from '../../../../lib/plots/learned-width/importance.ts';
import { LAW_COLOURS, LAW_DASHES } from '../../../../lib/plots/learned-width/lawColours.ts';
import { printNumber } from '../../../../lib/words/printNumber.ts';
import { Segmented } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Legend } from '../../../controls/Legend.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { integer, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import type { TimeImportanceWords } from './words.ts';

const SCHEDULE = makeSchedule('linear', 100);
const PIXELS = ['4', '16', '64'] as const;
const BATCH = 64;
const COUNT = 40;
const START = { width: 'beta' as ImportanceWidth, pixels: PIXELS[0] as string, kept: 10, seed: 1 };

/** The bound estimated from few t: by which law of t the estimates scatter least. */
export default function TimeImportance({ words: say }: { words: TimeImportanceWords }) {
  const { width, pixels, kept, seed } = useMemo(
    () => ({
      width: urlSignal('importance.width', START.width, oneOf(IMPORTANCE_WIDTHS)),
      pixels: urlSignal<string>('importance.pixels', START.pixels, oneOf(PIXELS)),
      kept: urlSignal('importance.kept', START.kept, integer(1, 100)),
      seed: urlSignal('importance.seed', START.seed, integer(1, 1e6)),
    }),
    [],
  );
  const dimension = Number(pixels.value);
  const bits = 1 / (dimension * Math.LN2);
  const setting = useMemo(
    () => ({ schedule: SCHEDULE, width: width.value, dimension }),
    [width.value, dimension],
  );
  const moments = useMemo(() => momentsOf(setting), [setting]);
  const laws = useMemo(
    () => lawsOf(setting, moments, kept.value, seed.value),
    [moments, kept.value, seed.value],
  );
  const scatter = useMemo(() => scatterOf(moments, laws, bits), [laws]);
  const found = useMemo(
    () => estimates(setting, laws, { count: COUNT, batch: BATCH, seed: seed.value, bits }),
    [laws],
  );
  const truth = bits * moments.mean.reduce((a, b) => a + b, 0);
  const plots = () => import('../../../../lib/plots/learned-width/importancePlot.ts');
  const shares = useMemo(
    () => async () => (await plots()).lawsPlot(laws, say.axes.probability),
    [laws],
  );
  const dots = useMemo(
    () => async () => (await plots()).estimatesPlot(found, truth, say.axes.estimate),
    [found],
  );
  const ofBatch = (value: number) => printNumber(value / Math.sqrt(BATCH), 3);
  const likeliest = laws.importance.indexOf(Math.max(...laws.importance));
  return (
    <Widget
      id="importance"
      title={say.title}
      caption={say.caption(BATCH, COUNT)}
      onReset={() => {
        width.value = START.width;
        pixels.value = START.pixels;
        kept.value = START.kept;
        seed.value = START.seed;
      }}
    >
      <Desk
        main={
          <>
            <div class="row">
              <Segmented
                label={say.width}
                value={width.value}
                options={IMPORTANCE_WIDTHS.map((value) => ({ value, label: say.widths[value] }))}
                onChange={(v) => {
                  width.value = v;
                }}
              />
              <Segmented
                label={say.pixels}
                value={pixels.value}
                options={PIXELS.map((value) => ({ value, label: value }))}
                onChange={(v) => {
                  pixels.value = v;
                }}
              />
              <Slider
                label={say.kept}
                value={kept.value}
                min={1}
                max={100}
                log
                onInput={(v) => {
                  kept.value = v;
                }}
              />
            </div>
            <div class="buttons">
              <button
                type="button"
                class="button"
                onClick={() => {
                  seed.value += 1;
                }}
              >
                {say.fresh}
              </button>
            </div>
          </>
        }
        stats={
          <div class="stats">
            <Stat
              label={say.deviation}
              value={scatter.uniform.deviation / Math.sqrt(BATCH)}
              format={(v) => say.bits(printNumber(v, 3))}
            />
            {(['importance', 'history'] as const).map((law) => (
              <Stat
                key={law}
                label={say.gain(say.laws[law])}
                value={scatter[law].gain}
                format={(v) => say.draws(printNumber(v, 3))}
              />
            ))}
          </div>
        }
      >
        <div class="columns">
          <div>
            <Plot
              title={say.lawsTitle}
              options={shares}
              ratio={0.62}
              summary={say.lawsSummary(
                likeliest + 1,
                printNumber(laws.importance[likeliest], 3),
                printNumber(1 / SCHEDULE.T, 3),
              )}
            />
          </div>
          <div>
            <Plot
              title={say.estimatesTitle}
              options={dots}
              ratio={0.62}
              summary={say.estimatesSummary(
                printNumber(truth, 4),
                LAWS.map((law) => [say.laws[law], ofBatch(scatter[law].deviation)]),
              )}
            />
          </div>
        </div>
        <Legend
          entries={LAWS.map((law) => ({
            name: say.laws[law],
            colour: LAW_COLOURS[law],
            dash: LAW_DASHES[law],
          }))}
        />
      </Desk>
    </Widget>
  );
}
