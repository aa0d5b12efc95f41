import type { CellOutput } from '../lib/worker/cells/protocol.ts';
import { runCell } from '../lib/worker/cells/run.ts';

/** What a page shows of a cell before it has run there: charts are drawn in the page, so only their place is kept. */
export type FirstOutput = Exclude<CellOutput, { kind: 'chart' }> | { kind: 'place' };

/** What a cell's code writes when it is run at build. Rejects with what the code throws. */
export async function cellOutputs(name: string, code: string): Promise<FirstOutput[]> {
  const outputs: FirstOutput[] = [];
  await runCell(code, (output) => {
    if (output.kind === 'error') throw new Error(`Cell ${name}: ${output.message}`);
    outputs.push(output.kind === 'chart' ? { kind: 'place' } : output);
  });
  return outputs;
}
