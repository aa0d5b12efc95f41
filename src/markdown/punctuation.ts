import type { Element, ElementContent, Parents, Root } from 'hast';
import { visit } from 'unist-util-visit';

const CLOSING = /^[.,;:!?)\]”’…，。、；：！？）]+/;

const isInlineMath = (node: ElementContent | undefined): node is Element =>
  node?.type === 'element' &&
  Array.isArray(node.properties?.className) &&
  node.properties.className.includes('katex');

/** KaTeX sets a formula in pieces, between which a line may break, each a span of class katex-base. */
function pieces(node: Element): number {
  let count = 0;
  visit(node, 'element', ({ properties }) => {
    if ([properties?.className].flat().includes('katex-base')) count += 1;
  });
  return count;
}

/**
 * A line may break after inline maths, but not between it and the full stop that follows. After rehype-katex.
 * A formula of several pieces is left as it is: held together it might be wider than a phone.
 */
export function rehypeMathPunctuation() {
  return (tree: Root) => {
    visit(tree, 'text', (node, index, parent: Parents | undefined) => {
      const before = parent?.children[(index ?? 0) - 1] as ElementContent | undefined;
      const closing = CLOSING.exec(node.value)?.[0];
      if (!parent || !index || !closing || !isInlineMath(before) || pieces(before) > 1) return;
      node.value = node.value.slice(closing.length);
      parent.children[index - 1] = {
        type: 'element',
        tagName: 'span',
        properties: { className: ['nobr'] },
        children: [before, { type: 'text', value: closing }],
      };
    });
  };
}
