import { lookOf } from '../../../lib/plots/lab/compare.ts';
import * as show from '../../trainer/format.ts';
import type { LabSettings } from '../../trainer/settings.ts';
import type { LabWords } from '../words.ts';
import { printDifferences } from './differences.ts';

interface Row {
  id: string;
  name: string;
  settings: LabSettings;
  /** 0 steps and NaN of one that is not trained yet. */
  step: number;
  loss: number;
}

/** A row for each setting that is not the same in all runs, and what came of them. */
export function DifferencesTable({ words, runs }: { words: LabWords; runs: readonly Row[] }) {
  const say = words.compare;
  const rows = printDifferences(
    runs.map(({ settings }) => settings),
    words.settings,
  );
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={say.differences}>
      <table>
        <caption>{say.differences}</caption>
        <thead>
          <tr>
            <th scope="col">{say.setting}</th>
            {runs.map(({ id, name }, i) => (
              <th key={id} scope="col" style={{ color: lookOf(i).colour }}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, values }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {values.map((value, i) => (
                <td key={runs[i].id}>{value}</td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{say.trained}</th>
            {runs.map(({ id, step }) => (
              <td key={id}>{show.count(step)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{say.finalLoss}</th>
            {runs.map(({ id, loss }) => (
              <td key={id}>{Number.isNaN(loss) ? '–' : show.loss(loss)}</td>
            ))}
          </tr>
        </tbody>
      </table>
      {rows.length === 0 && <p class="note">{say.alike}</p>}
    </div>
  );
}
