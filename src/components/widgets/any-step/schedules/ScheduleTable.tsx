import { fixed } from '../../../../lib/words/printNumber.ts';
import { LineMark } from '../../../controls/Legend.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import type { schedulesState } from './schedulesState.ts';
import type { SchedulesWords } from './words.ts';

const three = (value: number) => fixed(value, 3);

/** Legend and numbers in one: each row shows or hides its curve. */
export function ScheduleTable({
  state,
  t,
  say,
}: {
  state: ReturnType<typeof schedulesState>;
  t: number;
  say: SchedulesWords;
}) {
  const print = (value: number) => printNumber(value, 4);
  return (
    <div class="table" tabIndex={0} role="region" aria-label={say.table}>
      <table class="schedule-table">
        <thead>
          <tr>
            <th scope="col">{say.schedule}</th>
            <th scope="col">
              β<sub>{t}</sub>
            </th>
            <th scope="col">
              ᾱ<sub>{t}</sub>
            </th>
            <th scope="col">
              SNR<sub>{t}</sub>
            </th>
            <th scope="col">log SNR</th>
            <th scope="col">{say.snrAtEnd}</th>
          </tr>
        </thead>
        <tbody>
          {state.rows.value.map(({ name, schedule, colour, dash, shown }, i) => (
            <tr key={name}>
              <th scope="row">
                <label class="check">
                  <input
                    type="checkbox"
                    checked={shown}
                    onChange={() => {
                      state.shown.value ^= 1 << i;
                    }}
                  />
                  <LineMark colour={colour} dash={dash} />
                  {name}
                </label>
              </th>
              <td class="notranslate">{print(schedule.beta[t])}</td>
              <td class="notranslate">{print(schedule.alphaBar[t])}</td>
              <td class="notranslate">{print(schedule.snr[t])}</td>
              <td class="notranslate">{three(Math.log(schedule.snr[t]))}</td>
              <td class="notranslate">{print(schedule.snr[schedule.T])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
