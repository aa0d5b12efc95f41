/** Which files of the source the book quotes, and the page that shows each: a copy that is there without a network. */
import { globSync, readFileSync } from 'node:fs';
import { formulas } from '../../content/formulas.ts';
import { pythonOf } from './pythonOf.ts';

/** The page of a file: `src/lib/math/rng.ts` -> `source/src/lib/math/rng/`. */
export const sourcePage = (file: string): string => `source/${file.replace(/\.\w+$/, '')}/`;

/** Files that chapters quote with <Code>, that formulas name, and these formulas' twins in NumPy. */
export function quotedFiles(): string[] {
  const named = Object.values(formulas).flatMap(({ code }) => code ?? []);
  const shown = globSync('content/*/*.mdx').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/<Code of="([^"]+)"/g)].map(([, of]) => of),
  );
  const files = [...named, ...shown].map((of) => `src/lib/${of.split('#')[0]}`);
  return [...new Set([...files, ...named.flatMap((of) => pythonOf(of)?.file ?? [])])].sort();
}

/** The line of `file` at which a piece of it begins, counted from 1; 1 for the whole file. */
export function lineOf(file: string, piece: string): number {
  const lines = readFileSync(file, 'utf8').split('\n');
  const [first, second] = piece.split('\n');
  const at = lines.findIndex(
    (line, i) => line === first && (second === undefined || lines[i + 1] === second),
  );
  if (at < 0) throw new Error(`${file} does not hold the piece that begins with "${first}"`);
  return at + 1;
}
