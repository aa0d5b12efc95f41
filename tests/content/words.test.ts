import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formulas } from '../../content/formulas.ts';
import { cells } from '../../content/words/cells.zh.ts';
import { formulas as chineseFormulas } from '../../content/words/formulas.zh.ts';
import { meanings } from '../../content/words/glossary.zh.ts';
import { cellIn, formulaIn, termIn } from '../../src/components/prose/inLanguage.ts';
import { words } from '../../src/lib/words/ui.ts';
import { runCell } from '../../src/lib/worker/cells/run.ts';

/** What words with values may be given: numbers, texts, a name that they know, a list. */
const VALUES = [
  [1, 2, 3, 4],
  ['7', '8', '9'],
  ['digit', 2],
  [['7', '8'], 2],
];

/** What a function of words says, with the first values that it can use. */
function called(say: (...values: unknown[]) => unknown): string {
  for (const values of VALUES) {
    try {
      const text = say(...values);
      if (typeof text === 'string' && !/undefined|NaN/.test(text)) return text;
    } catch {
      // Other values are tried next.
    }
  }
  return '';
}

/** Every string of a record, by its path. */
function said(record: unknown, path = ''): [string, string][] {
  if (typeof record === 'string') return [[path, record]];
  if (typeof record === 'function') return [[path, called(record as () => unknown)]];
  if (record === null || typeof record !== 'object') return [];
  return Object.entries(record).flatMap(([key, value]) => said(value, `${path}.${key}`));
}
const pathsOf = (record: unknown) => said(record).map(([path]) => path);

/** Names, formulas and numbers may stand alone; a run of three English words is a sentence that was left. */
const ENGLISH = /\b[A-Za-z][a-z’']+[ ,]+[A-Za-z][a-z’']+[ ,]+[A-Za-z][a-z’']+/;

const pairs = globSync('src/components/**/*ords.zh.ts').map((file) => file.replaceAll('\\', '/'));

describe('words', () => {
  it('of more than a few widgets are there in Chinese', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(6);
  });

  it.each(pairs)('%s says everything that the English says, in Chinese', async (file) => {
    const { zh } = await import(/* @vite-ignore */ `../../${file}`);
    const { en } = await import(/* @vite-ignore */ `../../${file.replace('.zh.ts', '.ts')}`);
    expect(pathsOf(zh)).toEqual(pathsOf(en));
    for (const [path, text] of said(zh)) {
      expect(text.trim(), path).not.toBe('');
      expect(text, path).not.toMatch(ENGLISH);
    }
  });

  it('of the frame are Chinese in the Chinese edition', () => {
    for (const [key, record] of Object.entries(words.zh)) {
      const text = said(record)
        .map(([, one]) => one)
        .join('');
      expect(text, key).toMatch(/\p{Script=Han}/u);
      expect(text, key).not.toMatch(ENGLISH);
    }
  });

  it('of each island are loaded by an entry of that language alone', () => {
    const entries = globSync('src/components/**/{en,zh}.ts').map((f) => f.replaceAll('\\', '/'));
    expect(entries.length).toBeGreaterThan(30);
    for (const entry of entries) {
      const text = readFileSync(entry, 'utf8');
      const other = entry.endsWith('/zh.ts') ? /inEnglish|ords\.ts'/ : /inChinese|\.zh\.ts'/;
      expect(text, entry).not.toMatch(other);
    }
    // What both languages share names no record of either: types only.
    for (const file of globSync('src/components/{controls,language,widgets}/**/*.tsx'))
      expect(readFileSync(file, 'utf8'), file).not.toMatch(/^import \{[^}]*\bzh\b/m);
  });
});

describe('what the languages share', () => {
  it('has a Chinese title and a Chinese meaning of every symbol, where it has any', () => {
    for (const name of Object.keys(chineseFormulas)) {
      const { tex, symbols } = formulaIn(name, 'zh');
      expect(tex).toBe(formulas[name].tex);
      expect(Object.keys(chineseFormulas[name].symbols ?? {})).toEqual(Object.keys(symbols ?? {}));
    }
  });
  it('has Chinese meanings only for words of the glossary', () => {
    for (const name of Object.keys(meanings))
      expect(termIn(name, 'zh').meaning).not.toBe(termIn(name, 'en').meaning);
  });
  it('runs the same cell in both languages', async () => {
    const run = async (code: string) => {
      const outputs: unknown[] = [];
      await runCell(code, (output) => outputs.push(output));
      return JSON.stringify(outputs).match(/-?\d+(\.\d+)?(e-?\d+)?/g);
    };
    for (const name of Object.keys(cells)) {
      const [english, chinese] = [cellIn(name, 'en').code, cellIn(name, 'zh').code];
      expect(chinese).not.toBe(english);
      expect(await run(chinese)).toEqual(await run(english));
      expect(chinese, name).not.toMatch(/\/\/ [A-Za-z]/);
    }
  });
});
