/** Which file imports what: the import lines of every source of the book, its scripts and its bench. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {object} Import
 * @property {string} name As written.
 * @property {'static' | 'dynamic' | 'type' | 'url'} kind `url`: a worker or an asset, by `new URL(…, import.meta.url)`.
 * @property {string | null} target The file, from the root, for a relative name without its query; else null.
 */

const LINE =
  /(?:^|\n)\s*(?:import|export)\s+(type\b)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|new URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g;

/**
 * In prose and in comments that quote code, an import stands in a block of its own: those are not the file's.
 * @param {string} text
 */
const withoutQuotes = (text) => text.replace(/^ *```[\s\S]*?^ *```/gm, '');

/**
 * @param {string} file from the root, which is the working directory
 * @param {string} [text] what it says
 * @returns {Import[]} in the file's order
 */
export function importsOf(file, text = readFileSync(file, 'utf8')) {
  const source = file.endsWith('.mdx') ? withoutQuotes(text) : text;
  return [...source.matchAll(LINE)].map(([, type, fixed, dynamic, url]) => {
    const name = fixed ?? dynamic ?? url;
    const kind = type ? 'type' : fixed ? 'static' : dynamic ? 'dynamic' : 'url';
    const target = name.startsWith('.')
      ? join(dirname(file), name.replace(/[?#].*$/, '')).replaceAll('\\', '/')
      : null;
    return { name, kind, target };
  });
}

/** @param {string} file */
export const isCode = (file) => /\.(ts|tsx|astro|mdx|mjs)$/.test(file) && !file.endsWith('.d.ts');

/**
 * The sources in some folders of the root, sorted.
 * @param {string[]} folders
 */
export const sourcesIn = (...folders) =>
  folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
        (file) => `${folder}/${file.replaceAll('\\', '/')}`,
      ),
    )
    .filter(isCode)
    .sort();
