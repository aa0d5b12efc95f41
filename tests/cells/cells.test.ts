import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CellOutput } from '../../src/lib/worker/cells/protocol.ts';
import { runCell } from '../../src/lib/worker/cells/run.ts';

const run = async (code: string) => {
  const outputs: CellOutput[] = [];
  await runCell(code, (output) => outputs.push(output));
  return outputs;
};
const cells = readdirSync('content/cells').filter((name) => name.endsWith('.ts'));

describe('cells of the book', () => {
  it.each(cells)('%s runs, shows something and raises nothing', async (name) => {
    const outputs = await run(readFileSync(`content/cells/${name}`, 'utf8'));
    expect(outputs.filter(({ kind }) => kind === 'error')).toEqual([]);
    expect(outputs.length).toBeGreaterThan(0);
    for (const output of outputs) expect(JSON.stringify(output)).not.toMatch(/NaN|undefined/);
  });

  it('is quoted by a chapter, each of them', () => {
    const chapters = readdirSync('content/en')
      .map((file) => readFileSync(`content/en/${file}`, 'utf8'))
      .join('\n');
    for (const name of cells) expect(chapters).toContain(`<Cell name="${name.replace('.ts', '')}"`);
  });
});

describe('a cell that goes wrong', () => {
  it('says what is wrong with the syntax', async () => {
    expect(await run('const = 3')).toMatchObject([
      { kind: 'error', message: expect.stringContaining('SyntaxError') },
    ]);
  });
  it('says what can be imported', async () => {
    expect(await run("import fs from 'fs'; fs.x")).toMatchObject([
      { kind: 'error', message: expect.stringContaining('"from-noise/math"') },
    ]);
  });
  it('keeps what it printed before the error', async () => {
    expect(
      await run("import { print } from 'from-noise/cell'; print(1 / 3); throw new Error('oops')"),
    ).toMatchObject([
      { kind: 'text', text: '0.33333333' },
      { kind: 'error', message: 'Error: oops' },
    ]);
  });
  it('is stopped when it floods the page', async () => {
    const outputs = await run("import { print } from 'from-noise/cell'; for (;;) print(1)");
    expect(outputs.at(-1)).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('Print less'),
    });
    expect(outputs.length).toBe(401);
  });
});
