import type { Element, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { languageOfFile } from '../lib/words/languages.ts';
import { words } from '../lib/words/ui.ts';

/** Display maths may be wider than a phone and scrolls sideways: what scrolls must be reachable by keyboard. */
export function rehypeScrollableMath() {
  return (tree: Root, file: { path?: string }) => {
    const ariaLabel = words[languageOfFile(file.path)].equation;
    visit(tree, 'element', (node: Element) => {
      const names = node.properties?.className;
      if (!Array.isArray(names) || !names.some((n) => n === 'equation' || n === 'katex-display'))
        return;
      node.properties = { ...node.properties, tabIndex: 0, role: 'group', ariaLabel };
      return SKIP;
    });
  };
}
