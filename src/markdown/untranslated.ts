import type { Element, Nodes, Root } from 'hast';
import { visit } from 'unist-util-visit';

/** Letters in a row: a word of some language, unlike a digit, a unit's letter or an operator. */
const WORD = /\p{L}{2}/u;

const textOf = (node: Nodes): string =>
  'value' in node && node.type === 'text'
    ? node.value
    : 'children' in node
      ? node.children.map((child) => textOf(child as Nodes)).join('')
      : '';

/** Formulas, code and cells of numbers are the same in every language: page translators leave them alone. */
export function rehypeUntranslated() {
  return (tree: Root) => {
    visit(tree, 'element', (node: Element) => {
      const names = [node.properties?.className].flat();
      const fixed =
        names.includes('katex') ||
        ['code', 'pre', 'kbd'].includes(node.tagName) ||
        (node.tagName === 'td' && !WORD.test(textOf(node)));
      if (fixed) node.properties = { ...node.properties, translate: 'no' };
    });
  };
}
