import { useMemo } from 'preact/hooks';
import { findRow, ratio } from '../../lib/bench/stats.ts';
import type { BenchRow } from '../../lib/bench/types.ts';
import { printMs } from '../../lib/words/printMs.ts';
import { Plot } from '../controls/Plot.tsx';

const ENGINE: Partial<Record<BenchRow['engine'], string>> = { ours: 'ours', tfjs: 'stock' };
const nameOf = (row: BenchRow) => `${row.backend} · ${ENGINE[row.engine] ?? row.engine}`;

/** The chart, the table and the adapters of a measurement. */
export function Results({ rows }: { rows: BenchRow[] }) {
  const options = useMemo(
    () => async () => {
      const { benchBars } = await import('../../lib/plots/bench/bench.ts');
      return benchBars(
        rows.map((row) => ({
          name: nameOf(row),
          ours: row.engine === 'ours',
          median: row.trainMs,
        })),
      );
    },
    [rows],
  );
  const speedUp = (row: BenchRow) =>
    ratio(findRow(rows, { engine: 'tfjs', backend: row.backend, batch: row.batch }), row);
  const adapters = [
    ...new Set(rows.filter((r) => r.adapter).map((r) => `${r.backend}: ${r.adapter}`)),
  ];
  return (
    <>
      <Plot
        title="One training step"
        options={options}
        ratio={0.4}
        summary={rows.map((row) => `${nameOf(row)} ${printMs(row.trainMs)}`).join('; ')}
      />
      <div class="table" tabindex={0} role="region" aria-label="Table of the measurement">
        <table>
          <thead>
            <tr>
              <th scope="col">Backend, kernels</th>
              <th scope="col">Training step</th>
              <th scope="col">Forward pass</th>
              <th scope="col">GFLOP/s</th>
              <th scope="col">Against stock</th>
              <th scope="col">First step</th>
              <th scope="col">Threads</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const times = speedUp(row);
              return (
                <tr key={nameOf(row)}>
                  <th scope="row">{nameOf(row)}</th>
                  <td>
                    {printMs(row.trainMs)}
                    <br />
                    <small>
                      {printMs(row.min)} to {printMs(row.max)}, {row.repeats}×
                    </small>
                  </td>
                  <td>
                    {printMs(row.forwardMs)}
                    <br />
                    <small>
                      {printMs(row.forwardMin)} to {printMs(row.forwardMax)}
                    </small>
                  </td>
                  <td>{row.gflops.toPrecision(3)}</td>
                  <td>{times ? `${times.toPrecision(3)}×` : '–'}</td>
                  <td>{printMs(row.firstStepMs)}</td>
                  <td>{row.backend === 'wasm' ? row.threads : '–'}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {adapters.length > 0 && <p class="note">Graphics adapters: {adapters.join('; ')}.</p>}
    </>
  );
}
