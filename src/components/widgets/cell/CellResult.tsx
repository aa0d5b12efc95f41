import type { CellOutput, Chart } from '../../../lib/worker/cells/protocol.ts';
import { show } from '../../../lib/worker/cells/show.ts';
import type { FirstOutput } from '../../../markdown/cellOutputs.ts';
import { Plot } from '../../controls/Plot.tsx';
import type { CellWords } from './words.ts';

/** One output of a cell. */
export function CellResult({ output, say }: { output: CellOutput | FirstOutput; say: CellWords }) {
  switch (output.kind) {
    case 'text':
      return (
        <pre class="cell-text notranslate" tabindex={0}>
          {output.text}
        </pre>
      );
    case 'error':
      return (
        <p class="error" role="alert">
          {output.message}
        </p>
      );
    case 'table':
      return (
        <div class="table" tabindex={0} role="region" aria-label={say.table}>
          <table>
            <thead>
              <tr>
                {output.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {output.rows.map((row, i) => (
                <tr key={i}>
                  {row.map((item, j) => (
                    <td key={j}>{show(item)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case 'place':
      return (
        <div class="plot">
          <div class="placeholder" style={{ '--ratio': '2' }} />
        </div>
      );
    case 'chart':
      return <CellChart chart={output.chart} say={say} />;
  }
}

function CellChart({ chart, say }: { chart: Chart; say: CellWords }) {
  const { marks, ...axes } = chart;
  const rows = marks.reduce((sum, { data }) => sum + data.length, 0);
  return (
    <Plot
      options={async () => {
        const { chartMarks } = await import('../../../lib/plots/cells/cellChart.ts');
        return { ...axes, marks: chartMarks(marks) };
      }}
      summary={say.chart(
        marks.map(({ mark }) => mark),
        rows,
      )}
    />
  );
}
