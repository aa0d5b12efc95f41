import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';
import { languageOfFile } from '../lib/words/languages.ts';
import { words } from '../lib/words/ui.ts';

/** Gives h2 and h3 a link to themselves. The # is drawn by CSS, so that it stays out of the heading's text. */
export function rehypeAnchors() {
  return (tree: Root, file: { path?: string }) => {
    const ariaLabel = words[languageOfFile(file.path)].section;
    visit(tree, 'element', (node: Element) => {
      const id = node.properties?.id;
      if (!/^h[23]$/.test(node.tagName) || !id) return;
      node.children.push({
        type: 'element',
        tagName: 'a',
        properties: { href: `#${id}`, className: ['anchor'], ariaLabel },
        children: [],
      });
    });
  };
}
