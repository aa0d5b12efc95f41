import { readFileSync } from 'node:fs';
import { runCell } from '../lib/worker/cells/run.ts';

/**
 * The first table that a cell of the book shows, row by row, so that prose beside the cell can quote it:
 * `cellTable('fewer-steps')` runs `content/cells/fewer-steps.ts` as it stands. Rejects with what the cell throws.
 */
export async function cellTable(name: string): Promise<Record<string, number>[]> {
  const tables: Record<string, number>[][] = [];
  const failures: string[] = [];
  await runCell(readFileSync(`content/cells/${name}.ts`, 'utf8'), (output) => {
    if (output.kind === 'error') failures.push(output.message);
    if (output.kind !== 'table') return;
    const { columns, rows } = output;
    tables.push(
      rows.map((row) => Object.fromEntries(columns.map((column, k) => [column, Number(row[k])]))),
    );
  });
  if (failures.length) throw new Error(`Cell ${name}: ${failures[0]}`);
  if (!tables.length)
    throw new Error(`Cell ${name} shows no table: the text beside it quotes one.`);
  return tables[0];
}
