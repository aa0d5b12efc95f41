/** What all languages share, in the words of one: formulas, cells and the glossary. What a language lacks stops the build. */
import { readFileSync } from 'node:fs';
import { type Formula, formulas } from '../../../content/formulas.ts';
import { glossary } from '../../../content/glossary.ts';
import { cells as chineseCells } from '../../../content/words/cells.zh.ts';
import { formulas as chineseFormulas } from '../../../content/words/formulas.zh.ts';
import { meanings as chineseMeanings } from '../../../content/words/glossary.zh.ts';
import type { Language } from '../../lib/words/languages.ts';

/** A formula with its title and the meanings of its symbols. */
export function formulaIn(name: string, language: Language): Formula {
  const formula = formulas[name];
  if (!formula) throw new Error(`content/formulas.ts has no formula "${name}"`);
  if (language === 'en') return formula;
  const said = chineseFormulas[name];
  if (!said) throw new Error(`content/words/formulas.zh.ts has no words for "${name}"`);
  const symbols = Object.entries(formula.symbols ?? {}).map(([id, symbol]) => {
    const meaning = said.symbols?.[id];
    if (!meaning) throw new Error(`content/words/formulas.zh.ts lacks "${id}" of "${name}"`);
    return [id, { ...symbol, meaning }] as const;
  });
  return { ...formula, title: said.title, symbols: Object.fromEntries(symbols) };
}

/** A word of the glossary, by its English name. `shown` is the word in this language. */
export function termIn(name: string, language: Language) {
  const entry = glossary.find(({ term }) => term === name);
  if (!entry) throw new Error(`content/glossary.ts has no term "${name}"`);
  if (language === 'en') return { ...entry, shown: entry.term };
  const meaning = chineseMeanings[name];
  if (!meaning) throw new Error(`content/words/glossary.zh.ts has no meaning for "${name}"`);
  return { ...entry, shown: entry.zh, meaning };
}

/** A cell's code, the tested file `content/cells/NAME.ts`, and its title, which is the file's first line. */
export function cellIn(name: string, language: Language): { title: string; code: string } {
  let text = readFileSync(`content/cells/${name}.ts`, 'utf8').trim();
  if (language !== 'en') {
    const said = chineseCells[name];
    if (!said) throw new Error(`content/words/cells.zh.ts has no words for the cell "${name}"`);
    for (const [phrase, translation] of Object.entries(said)) {
      if (!text.includes(phrase)) throw new Error(`the cell "${name}" does not say "${phrase}"`);
      text = text.replaceAll(phrase, translation);
    }
  }
  const title = /^\/\/ (.+)$/m.exec(text)?.[1];
  if (!title) throw new Error(`content/cells/${name}.ts must begin with a line "// title"`);
  return { title, code: text.split('\n').slice(1).join('\n').trim() };
}
