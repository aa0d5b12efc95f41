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

const LENGTHS = [2, 10, 100, 1000];

/** Even a perfect reverse chain goes wrong when it starts from N(0, I) and x_T is not N(0, I). */
export default function WhyTwoFails() {
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
      { name: 'T = 2, β = 0.1, 0.2', schedule: scheduleFromBetas(EXAMPLE_BETAS) },
      ...LENGTHS.map((T) => ({
        name: `T = ${T}, ${SCHEDULE_NAMES[kind]}`,
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
      title="A perfect reverse chain, started from the wrong place"
      onReset={() => {
        state.weight.value = 0.7;
        state.kind.value = 'linear';
      }}
      caption="The two images {a, −a} with unequal odds. No network and no sampling error: all exact reverse steps together are q(x₀|x at T), whatever lies between, so each probability is one integral over the noise that the chain starts from."
    >
      <div class="controls columns">
        <Slider
          label="True probability of a"
          value={w}
          min={0.05}
          max={0.95}
          step={0.05}
          format={(v) => v.toFixed(2)}
          onInput={(v) => (state.weight.value = v)}
        />
        <Select
          label="Schedule"
          value={kind}
          options={SCHEDULE_OPTIONS}
          onChange={(v) => (state.kind.value = v)}
        />
      </div>
      <div class="table" tabindex={0} role="region" aria-label="Probability of a by schedule">
        <table>
          <thead>
            <tr>
              <th scope="col">Chain</th>
              <th scope="col">SNR at T</th>
              <th scope="col">
                I(x₀; x<sub>T</sub>), nats
              </th>
              <th scope="col">
                KL(q(x<sub>T</sub>) ‖ N(0,I)), nats
              </th>
              <th scope="col">the sampler gives a with probability</th>
              <th scope="col">as a bar</th>
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
                    aria-label={`${row.probability.toFixed(3)} for ${row.name}`}
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
