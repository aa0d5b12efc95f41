import { LineMark } from '../controls/Legend.tsx';
import { printNumber } from './predictAnswer.ts';
import type { schedulesState } from './schedulesState.ts';

/** Three decimals, and no minus before a zero. */
const fixed = (value: number) =>
  (Math.round(value * 1000) / 1000 || 0).toFixed(3).replace('-', '−');

/** Legend and numbers in one: each row shows or hides its curve. */
export function ScheduleTable({
  state,
  t,
}: {
  state: ReturnType<typeof schedulesState>;
  t: number;
}) {
  const print = (value: number) => printNumber(value, 4);
  return (
    <div
      class="table"
      tabIndex={0}
      role="region"
      aria-label="Values of each schedule at the cursor"
    >
      <table class="schedule-table">
        <thead>
          <tr>
            <th scope="col">Schedule</th>
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
            <th scope="col">SNR at the end</th>
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
              <td class="notranslate">{fixed(Math.log(schedule.snr[t]))}</td>
              <td class="notranslate">{print(schedule.snr[schedule.T])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
