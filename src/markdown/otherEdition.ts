import { existsSync, globSync } from 'node:fs';
import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';
import { languageOfFile } from '../lib/words/languages.ts';

/**
 * In a chapter of another language, `../name/` leads to that language's chapter, or where it has none yet, and for the lab and
 * its like, to the English page, one folder higher and marked as English.
 */
export function rehypeOtherEdition() {
  return (tree: Root, file: { path?: string }) => {
    const language = languageOfFile(file.path);
    if (language === 'en') return;
    visit(tree, 'element', (node: Element) => {
      const [, name] = /^\.\.\/([\w-]+)\//.exec(String(node.properties?.href)) ?? [];
      if (!name || globSync(`content/${language}/[0-9][0-9]-${name}.mdx`).length > 0) return;
      if (
        !existsSync(`src/pages/${name}`) &&
        globSync(`content/en/[0-9][0-9]-${name}.mdx`).length === 0
      )
        throw new Error(`${file.path}: ../${name}/ is no chapter and no page`);
      node.properties = { ...node.properties, href: `../${node.properties.href}`, hrefLang: 'en' };
    });
  };
}
