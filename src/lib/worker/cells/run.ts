import { transform } from 'sucrase';
import * as math from '../../math/index.ts';
import type { CellOutput, CellTools } from './protocol.ts';
import { show } from './show.ts';

const MOST_OUTPUTS = 400;

/** The functions a cell calls, writing to `emit`. After too many outputs the cell is stopped with an error. */
export function cellTools(emit: (output: CellOutput) => void): CellTools {
  let count = 0;
  const counted = (output: CellOutput) => {
    count += 1;
    if (count > MOST_OUTPUTS)
      throw new RangeError(
        `a cell may write ${MOST_OUTPUTS} outputs; this one wrote more. Print less.`,
      );
    emit(output);
  };
  return {
    print: (...values) => counted({ kind: 'text', text: values.map(show).join(' ') }),
    table: (rows) => {
      if (!Array.isArray(rows) || rows.length === 0)
        throw new TypeError('table() expects an array of rows, each an object with the same keys.');
      const columns = Object.keys(rows[0]);
      counted({
        kind: 'table',
        columns,
        rows: rows.map((row) => columns.map((column) => row[column])),
      });
    },
    chart: (spec) => {
      if (!Array.isArray(spec?.marks))
        throw new TypeError('chart() expects { marks: [{ mark, data, channels }] }.');
      counted({ kind: 'chart', chart: structuredClone(spec) });
    },
  };
}

/**
 * Runs one cell of TypeScript: types are stripped, not checked; imports may name `from-noise/math` and
 * `from-noise/cell`. Errors of the code become one error output. Runs in a worker of its own, where a reader's
 * endless loop harms nobody.
 */
export function runCell(code: string, emit: (output: CellOutput) => void): void {
  const modules: Record<string, unknown> = {
    'from-noise/math': math,
    'from-noise/cell': cellTools(emit),
  };
  const require = (name: string) => {
    if (!(name in modules)) {
      throw new Error(
        `a cell can import ${Object.keys(modules)
          .map((m) => `"${m}"`)
          .join(' and ')}; it asked for "${name}".`,
      );
    }
    return modules[name];
  };
  try {
    const script = transform(code, {
      transforms: ['typescript', 'imports'],
      preserveDynamicImport: true,
    }).code;
    new Function('require', 'exports', script)(require, {});
  } catch (error) {
    emit({
      kind: 'error',
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
  }
}
