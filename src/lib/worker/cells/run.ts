import { transform } from 'sucrase';
import * as math from '../../math/index.ts';
import { trackTimers } from './pending.ts';
import type { CellOutput } from './protocol.ts';
import { show } from './show.ts';
import { cellConsole, cellTools } from './tools.ts';

const MOST_OUTPUTS = 400;
const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<void>;

/**
 * Runs one cell of TypeScript: types are stripped, not checked; imports may name `from-noise/math` and
 * `from-noise/cell`; `await` is allowed anywhere. Errors of the code, of its promises and of its timers become error
 * outputs. Resolves when the cell is over: its code, all that it awaits, and all its timers. After 400 outputs it is
 * ended with an error. Runs in a worker of its own, where a reader's endless loop harms nobody.
 * @param hear is given a function for failures that nobody awaited, which only the surroundings can hear.
 */
export async function runCell(
  code: string,
  emit: (output: CellOutput) => void,
  hear?: (failed: (error: unknown) => void) => void,
): Promise<void> {
  let count = 0;
  let over = false;
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const fail = (error: unknown) => {
    if (!over) emit({ kind: 'error', message: show(error) });
  };
  const timers = trackTimers(fail);
  hear?.(fail);
  const tools = cellTools((output) => {
    count += 1;
    if (count > MOST_OUTPUTS && !over) {
      fail(
        new RangeError(
          `a cell may write ${MOST_OUTPUTS} outputs; this one wrote more. Print less.`,
        ),
      );
      over = true;
      timers.cancel();
      stop();
    }
    // Unwinds what is still writing; nobody hears it.
    if (over) throw new Error('The cell is over.');
    emit(output);
  });
  const modules: Record<string, unknown> = { 'from-noise/math': math, 'from-noise/cell': tools };
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
    const given = { require, exports: {}, console: cellConsole(tools), ...timers.globals };
    const cell = new AsyncFunction(...Object.keys(given), script);
    await Promise.race([cell(...Object.values(given)), stopped]);
  } catch (error) {
    fail(error);
  }
  await Promise.race([timers.idle(), stopped]);
}
