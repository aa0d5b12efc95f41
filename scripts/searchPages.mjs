/** The pages as the search index should read them: formulas as text, and a space wherever a reader sees a gap. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readableMath } from '../src/markdown/readableMath.mjs';

const FORMULA = /<span\b[^>]*\bclass="katex"[^>]*>/g;

/** The end of the element that starts at `from`, by counting its own tag. */
function endOf(html, from, tag) {
  const tags = new RegExp(`<(/?)${tag}\\b[^>]*>`, 'g');
  tags.lastIndex = from;
  for (let depth = 0, match = tags.exec(html); match; match = tags.exec(html)) {
    depth += match[1] ? -1 : 1;
    if (depth === 0) return tags.lastIndex;
  }
  throw new Error(`<${tag}> at ${from} is never closed: the search index cannot read the page.`);
}

const escapeText = (text) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** @param {string} html a built page. @returns {string} the same for the index. */
export function searchable(html) {
  let out = '';
  let at = 0;
  for (const { index: from } of html.matchAll(FORMULA)) {
    const end = endOf(html, from, 'span');
    const formula = html.slice(from, end);
    const math = /<math\b.*?<\/math>/s.exec(formula);
    out += `${html.slice(at, from)}<span>${math ? escapeText(readableMath(math[0])) : ''}</span>`;
    at = end;
  }
  // What stands in boxes, cells and lines of its own is set apart by layout, not by a space.
  return (out + html.slice(at)).replace(
    /<\/(?:a|button|dd|div|dl|dt|figcaption|h\d|label|li|ol|option|p|pre|small|strong|td|th|tr|ul)>(?=<(?!span popover))|<br[^>]*>/g,
    '$& ',
  );
}

/** Writes every page of `site` into `folder`, for Pagefind to read. @returns the number of pages. */
export function writeSearchPages(site, folder) {
  const pages = readdirSync(site, { recursive: true }).filter((file) => file.endsWith('.html'));
  for (const page of pages) {
    const to = join(folder, page);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, searchable(readFileSync(join(site, page), 'utf8')));
  }
  return pages.length;
}
