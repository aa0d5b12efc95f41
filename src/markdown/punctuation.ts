import type { Element, ElementContent, Parents, Root } from 'hast';
import { visit } from 'unist-util-visit';

const CLOSING = /^[.,;:!?)\]”’…]+/;

const isInlineMath = (node: ElementContent | undefined): node is Element =>
  node?.type === 'element' &&
  Array.isArray(node.properties?.className) &&
  node.properties.className.includes('katex');

/** A line may break after inline maths, but not between it and the full stop that follows. After rehype-katex. */
export function rehypeMathPunctuation() {
  return (tree: Root) => {
    visit(tree, 'text', (node, index, parent: Parents | undefined) => {
      const before = parent?.children[(index ?? 0) - 1] as ElementContent | undefined;
      const closing = CLOSING.exec(node.value)?.[0];
      if (!parent || !index || !closing || !isInlineMath(before)) return;
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
