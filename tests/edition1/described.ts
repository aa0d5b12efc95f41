/** What a run's file holds, in a few numbers: enough to tell that all of it came back. */
import { loadDataset } from '../../src/lib/data/index.ts';
import { decodeRun } from '../../src/lib/worker/runFile.ts';

/** Sums of the values, of their squares, and with falling weights: order counts. */
export function printOf(values: ArrayLike<number>): number[] {
  let [sum, squares, ordered] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    squares += values[i] ** 2;
    ordered += values[i] / (i + 1);
  }
  return [values.length, sum, squares, ordered];
}

export function describeRun(bytes: Uint8Array) {
  const { config, state, history, date } = decodeRun(bytes);
  const { step, before, weights, ema, m, v } = state.modules.network;
  const [weightsPrint, emaPrint, mPrint, vPrint] = [weights, ema, m, v].map(printOf);
  const { smoothed, seconds } = history;
  return {
    config,
    date,
    state: {
      step,
      ...(before === undefined ? {} : { before }),
      weights: weightsPrint,
      ema: emaPrint,
      m: mPrint,
      v: vPrint,
    },
    history: { steps: history.steps, losses: history.losses, smoothed, seconds },
  };
}

/** The same of the data sets that need no download. Images are trigonometry, rounded to float32: 10 digits are kept of a sum. */
export async function describeData() {
  const rounded = (values: ArrayLike<number>) =>
    printOf(values).map((value) => Number(value.toPrecision(10)));
  const sets: Record<string, number[][]> = {};
  for (const name of ['all16', 'two', 'bars', 'points', 'digits'] as const)
    for (const split of ['train', 'test'] as const) {
      const { images, labels } = await loadDataset(name, { split, count: 30 });
      sets[`${name} ${split}`] = [rounded(images), rounded(labels ?? [])];
    }
  return sets;
}
