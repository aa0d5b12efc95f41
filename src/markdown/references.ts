import type { Element, ElementContent, Root } from 'hast';
import { visit } from 'unist-util-visit';

const ADDRESS = /https?:\/\/\S+[^\s.,;)]/;

/** The addresses in the list of references become links. After rehype-citation. */
export function rehypeReferenceLinks() {
  return (tree: Root) => {
    visit(tree, 'element', (entry: Element) => {
      if (![entry.properties?.className].flat().includes('csl-entry')) return;
      entry.children = entry.children.flatMap((child): ElementContent[] => {
        if (child.type !== 'text') return [child];
        const found = ADDRESS.exec(child.value);
        if (!found) return [child];
        const [address] = found;
        const rest = child.value.slice(found.index + address.length);
        return [
          { type: 'text', value: child.value.slice(0, found.index) },
          {
            type: 'element',
            tagName: 'a',
            properties: { href: address },
            children: [{ type: 'text', value: address }],
          },
          ...(rest ? [{ type: 'text' as const, value: rest }] : []),
        ];
      });
    });
  };
}
