/** What a cell calls to show something: `from-noise/cell`, and a console that writes to the page. */
import { type CellOutput, type CellTools, type Chart, MARKS } from './protocol.ts';
import { show } from './show.ts';

/** Rows of any kind as a table: one column for each key of any row, and "value" for rows that are no objects. */
function tableOf(rows: readonly unknown[]): CellOutput {
  const cells = rows.map(
    (row): Record<string, unknown> =>
      row !== null && typeof row === 'object' ? { ...(row as object) } : { value: row },
  );
  const columns = [...new Set(cells.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0)
    throw new TypeError('table() expects rows with keys; found only empty ones. Print them.');
  const cell = (value: unknown) => (typeof value === 'number' ? value : show(value));
  return {
    kind: 'table',
    columns,
    rows: cells.map((row) => columns.map((key) => (key in row ? cell(row[key]) : ''))),
  };
}

const PLACES = ['x', 'y', 'x1', 'x2', 'y1', 'y2'];

/** Refuses what Observable Plot would draw as nothing at all. */
function checkChart(spec: Chart): void {
  if (!Array.isArray(spec?.marks) || spec.marks.length === 0)
    throw new TypeError(
      `chart() expects { marks: [{ mark, data, channels }] }; found ${show(spec)}. Give it at least one mark.`,
    );
  for (const { mark, data, channels } of spec.marks) {
    if (!MARKS.includes(mark))
      throw new TypeError(
        `chart() knows the marks ${MARKS.join(', ')}; found ${show(mark)}. Choose one of them.`,
      );
    if (!Array.isArray(data) || data.length === 0)
      throw new TypeError(
        `chart() expects data of the mark ${mark} to be a list with at least one row; found ${show(data)}.`,
      );
    for (const place of PLACES) {
      const column = channels?.[place];
      if (typeof column !== 'string') continue;
      const filled = data.some((row) => {
        const value = (row as Record<string, unknown> | null)?.[column];
        return value !== undefined && value !== null && !Number.isNaN(value);
      });
      if (!filled)
        throw new TypeError(
          `chart() expects a column "${column}" for ${place} of the mark ${mark}; no row has a value there. ` +
            `The first row is ${show(data[0])}.`,
        );
    }
  }
}

/** The functions a cell calls, writing to `emit`. */
export const cellTools = (emit: (output: CellOutput) => void): CellTools => ({
  print: (...values) => emit({ kind: 'text', text: values.map((value) => show(value)).join(' ') }),
  table: (rows) => {
    if (!Array.isArray(rows) || rows.length === 0)
      throw new TypeError(
        `table() expects a list of rows, each an object; found ${show(rows)}. Give it at least one row.`,
      );
    emit(tableOf(rows));
  },
  chart: (spec) => {
    checkChart(spec);
    let copy: Chart;
    try {
      copy = structuredClone(spec);
    } catch {
      throw new TypeError(
        'chart() expects plain data, because it is drawn outside the cell; found a function in it. Compute the values first.',
      );
    }
    emit({ kind: 'chart', chart: copy });
  },
});

/** A console whose every method writes to the page: `table` as a table, the rest as text. */
export function cellConsole({ print, table }: CellTools): Console {
  const plain = new Set(['log', 'info', 'debug', 'dir', 'warn', 'error', 'trace']);
  const methods: Record<string, (...values: unknown[]) => void> = {
    table: (rows) => (Array.isArray(rows) && rows.length > 0 ? table(rows) : print(rows)),
    assert: (holds, ...values) => {
      if (!holds) print('Assertion failed', ...values);
    },
  };
  return new Proxy({} as Console, {
    get: (_, name) =>
      methods[String(name)] ??
      ((...values: unknown[]) => {
        if (plain.has(String(name))) print(...values);
        else if (values.length > 0) print(`${String(name)}:`, ...values);
      }),
  });
}
