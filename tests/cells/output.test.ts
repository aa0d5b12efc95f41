import { describe, expect, it } from 'vitest';
import { type CellOutput, MARKS } from '../../src/lib/worker/cells/protocol.ts';
import { runCell } from '../../src/lib/worker/cells/run.ts';
import { show } from '../../src/lib/worker/cells/show.ts';

/** Whatever a cell prints, or fails at, reaches the reader. */
const run = async (code: string) => {
  const outputs: CellOutput[] = [];
  await runCell(`import { print, table, chart } from 'from-noise/cell';\n${code}`, (output) =>
    outputs.push(output),
  );
  return outputs;
};
const texts = async (code: string) =>
  (await run(code)).map((output) =>
    output.kind === 'text' ? output.text : output.kind === 'error' ? `! ${output.message}` : output,
  );

describe('a value', () => {
  it.each([
    2 ** 31,
    4294967295,
    123456789,
    -2147483648,
    Number.MAX_SAFE_INTEGER,
    1e20,
    1e300,
    100000001.5,
  ])('%d is printed as the number that it is', (value) => {
    expect(Number(show(value))).toBe(value);
  });
  it('that is not whole keeps 8 significant digits, and those of its whole part', () => {
    expect(show(1 / 3)).toBe('0.33333333');
    expect(show(-12345678.9)).toBe('-12345679');
    expect(show(Math.PI * 1e-7)).toBe('3.1415927e-7');
    expect([Number.NaN, Infinity, -Infinity].map((v) => show(v))).toEqual([
      'NaN',
      'Infinity',
      '-Infinity',
    ]);
  });
  it('of any kind says what it is', () => {
    const ring: unknown[] = [1];
    ring.push(ring);
    class Pixel {
      grey = 0.5;
    }
    const shown: [unknown, string][] = [
      [new Map([[1, [2, 3]]]), 'Map { 1: [2, 3] }'],
      [new Set(['a', 'b']), 'Set { a, b }'],
      [new Date(0), '1970-01-01T00:00:00.000Z'],
      [new Date(Number.NaN), 'an invalid date'],
      [new RangeError('too far'), 'RangeError: too far'],
      [10n ** 20n, '100000000000000000000n'],
      [undefined, 'undefined'],
      [null, 'null'],
      [Symbol('s'), 'Symbol(s)'],
      [Math.max, 'function max'],
      [ring, '[1, …]'],
      [new Pixel(), 'Pixel { grey: 0.5 }'],
      [{}, '{}'],
      [Object.create(null), '{}'],
      [Float32Array.from([0.5, 2]), '[0.5, 2]'],
      [
        Array.from({ length: 13 }, (_, i) => i),
        '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … 13 in all]',
      ],
    ];
    for (const [value, text] of shown) expect(show(value)).toBe(text);
    expect(show(Promise.resolve(1))).toContain('await');
  });
});

describe('what is put off', () => {
  it.each([
    ["Promise.resolve().then(() => print('later'));", ['later']],
    ["setTimeout(() => print('later'), 20);", ['later']],
    ["setTimeout(print, 1, 'an argument');", ['an argument']],
    ["print(await Promise.resolve('awaited'));", ['awaited']],
    ['const id = setTimeout(() => print(1), 1); clearTimeout(id); print(2);', ['2']],
    [
      'let n = 0; const id = setInterval(() => { print(++n); if (n === 3) clearInterval(id); }, 1);',
      ['1', '2', '3'],
    ],
    [
      "await new Promise((done) => setTimeout(done, 5)); setTimeout(() => setTimeout(() => print('twice'), 1), 1);",
      ['twice'],
    ],
  ])('%s is heard', async (code, expected) => expect(await texts(code)).toEqual(expected));

  it.each([
    ["setTimeout(() => { throw new Error('late'); }, 1);", ['! Error: late']],
    ["setTimeout(async () => { throw new Error('later'); }, 1);", ['! Error: later']],
    ["await Promise.reject(new TypeError('no'));", ['! TypeError: no']],
    ["print(1); throw 'a word';", ['1', '! a word']],
  ])('%s fails aloud', async (code, expected) => expect(await texts(code)).toEqual(expected));

  it('ends a flood that comes from a timer', async () => {
    const outputs = await run('setInterval(() => { for (;;) print(1); }, 1);');
    expect(outputs.length).toBe(401);
    expect(outputs.at(-1)).toMatchObject({ kind: 'error' });
  });
});

describe('the console', () => {
  it('writes to the page', async () => {
    expect(
      await texts(
        "console.log(42, { a: 1 }); console.warn('careful'); console.error('bad'); console.assert(1 > 2, 'no'); console.count('c'); console.groupEnd();",
      ),
    ).toEqual(['42 { a: 1 }', 'careful', 'bad', 'Assertion failed no', 'count: c']);
  });
  it('shows a table as one', async () => {
    expect(await run('console.table([{ a: 1 }, { a: 2, b: 3 }])')).toEqual([
      {
        kind: 'table',
        columns: ['a', 'b'],
        rows: [
          [1, ''],
          [2, 3],
        ],
      },
    ]);
  });
});

describe('a table', () => {
  it('has every column of every row, and rows that are no objects', async () => {
    expect(await run('table([1, { a: [1, 2] }, new Map([[1, 2]]).size])')).toMatchObject([
      {
        columns: ['value', 'a'],
        rows: [
          [1, ''],
          ['', '[1, 2]'],
          [1, ''],
        ],
      },
    ]);
  });
  it.each(['table([])', 'table([{}])', "table('x' as any)"])('%s is refused', async (code) =>
    expect(await run(code)).toMatchObject([
      { kind: 'error', message: expect.stringContaining('table() expects') },
    ]),
  );
});

describe('a chart', () => {
  const line = "{ mark: 'lineY', data: [{ x: 1, y: 2 }], channels: { x: 'x', y: 'y' } }";
  it('is drawn where it can be', async () =>
    expect(await run(`chart({ marks: [${line}] })`)).toMatchObject([{ kind: 'chart' }]));
  it.each([
    ["chart({ marks: [{ mark: 'pie' as any, data: [{ x: 1 }] }] })", 'pie'],
    ['chart({ marks: [] })', 'at least one mark'],
    ['chart(3 as any)', 'found 3'],
    ["chart({ marks: [{ mark: 'dot', data: [] }] })", 'at least one row'],
    [
      "chart({ marks: [{ mark: 'dot', data: [{ a: 1 }], channels: { x: 'a', y: 'height' } }] })",
      'column "height"',
    ],
    [
      "chart({ marks: [{ mark: 'dot', data: [{ a: NaN }], channels: { x: 'a' } }] })",
      'no row has a value',
    ],
    [`chart({ marks: [${line}], x: { tickFormat: () => '' } })`, 'function'],
  ])('%s says why it is not', async (code, reason) => {
    const outputs = await run(code);
    expect(outputs).toMatchObject([{ kind: 'error', message: expect.stringContaining(reason) }]);
  });
  it('names the marks that there are', async () => {
    const [output] = await run("chart({ marks: [{ mark: 'pie' as any, data: [1] }] })");
    for (const mark of MARKS)
      expect(output).toMatchObject({ message: expect.stringContaining(mark) });
  });
});
