import { useMemo } from 'preact/hooks';
import { toyData } from '../../../../lib/data/toyData.ts';
import { priorParts } from '../../../../lib/math/bound/priorParts.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  SCHEDULE_NAMES,
  type ScheduleKind,
  scheduleFromBetas,
} from '../../../../lib/math/process/schedule.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { number, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import { EXAMPLE_BETAS, perfectSamples } from '../four-pixels/fourPixels.ts';
import type { WhyTwoFailsWords } from './words.ts';

const LENGTHS = [2, 10, 100, 1000];

/** Even a perfect reverse chain goes wrong when it starts from N(0, I) and x_T is not N(0, I). */
export default function WhyTwoFails({ words: say }: { words: WhyTwoFailsWords }) {
  const state = useMemo(
    () => ({
      weight: urlSignal('fails.w', 0.7, number(0.05, 0.95)),
      kind: urlSignal('fails.schedule', 'linear' as ScheduleKind, oneOf(SCHEDULE_KINDS)),
    }),
    [],
  );
  const w = state.weight.value;
  const kind = state.kind.value;
  const rows = useMemo(() => {
    const toy = toyData('two', w);
    const schedules = [
      { name: say.example, schedule: scheduleFromBetas(EXAMPLE_BETAS) },
      ...LENGTHS.map((T) => ({
        name: say.named(T, SCHEDULE_NAMES[kind]),
        schedule: makeSchedule(kind, T),
      })),
    ];
    return schedules.map(({ name, schedule }) => ({
      name,
      snr: schedule.snr[schedule.T],
      ...priorParts({ schedule, ...toy }),
      probability: perfectSamples(schedule, toy)[0],
    }));
  }, [w, kind]);
  return (
    <Widget
      id="why-two-fails"
      title={say.title}
      onReset={() => {
        state.weight.value = 0.7;
        state.kind.value = 'linear';
      }}
      caption={say.caption}
    >
      <div class="controls columns">
        <Slider
          label={say.weight}
          value={w}
          min={0.05}
          max={0.95}
          step={0.05}
          format={(v) => v.toFixed(2)}
          onInput={(v) => (state.weight.value = v)}
        />
        <Select
          label={say.schedule}
          value={kind}
          options={SCHEDULE_OPTIONS}
          onChange={(v) => (state.kind.value = v)}
        />
      </div>
      <div class="table" tabindex={0} role="region" aria-label={say.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.chain}</th>
              <th scope="col">{say.snr}</th>
              <th scope="col">
                I(x₀; x<sub>T</sub>){say.inNats}
              </th>
              <th scope="col">
                KL(q(x<sub>T</sub>) ‖ N(0,I)){say.inNats}
              </th>
              <th scope="col">{say.probability}</th>
              <th scope="col">{say.bar}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td class="notranslate">{printNumber(row.snr)}</td>
                <td class="notranslate">{printNumber(row.information)}</td>
                <td class="notranslate">{printNumber(row.mismatch)}</td>
                <td class="notranslate">
                  <strong>{row.probability.toFixed(5)}</strong>
                </td>
                <td class="notranslate">
                  <meter
                    min={0}
                    max={1}
                    value={row.probability}
                    aria-label={say.barOf(row.probability.toFixed(3), row.name)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Widget>
  );
}
