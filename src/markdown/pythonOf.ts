import { globSync, readFileSync } from 'node:fs';

/** The twins of the named formulas, each a function at the top of a file of this folder. */
const FOLDER = 'python/formulas';

/** `klGaussian` in Python: `kl_gaussian`. */
export const pythonName = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * The NumPy twin of a formula's code, cut from the tested source: `pythonOf('math/process/posterior.ts#posterior')` is the
 * text of `def posterior` and its file. Undefined where there is none.
 */
export function pythonOf(reference: string): { code: string; file: string } | undefined {
  const start = `def ${pythonName(reference.split('#')[1])}(`;
  for (const file of globSync(`${FOLDER}/*.py`)) {
    const lines = readFileSync(file, 'utf8').split('\n');
    const from = lines.findIndex((line) => line.startsWith(start));
    if (from < 0) continue;
    const rest = lines
      .slice(from + 1)
      .findIndex((line) => /^\S/.test(line) && line !== ')' && !line.startsWith(') '));
    const code = lines.slice(from, rest < 0 ? undefined : from + 1 + rest).join('\n');
    return { code: code.trim(), file: file.replaceAll('\\', '/') };
  }
}
