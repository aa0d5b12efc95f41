import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';

const ALL = 'allCitations';

/**
 * Names, before the first citation of a page, every work that the page cites. rehype-citation writes each citation when it
 * comes to it; only a style that knows the later ones too can tell two "Song et al., 2021" apart (J. and Y.). Goes before
 * rehype-citation; `rehypeForgetCitations`, after it, takes the paragraph away again.
 * @param keys the keys of the bibliography: other words with an @ are none of them.
 */
export function rehypeKnowCitations(keys: ReadonlySet<string>) {
  return (tree: Root) => {
    const cited = new Set<string>();
    visit(tree, 'text', ({ value }) => {
      for (const [, key] of value.matchAll(/@([\w:-]+)/g)) if (keys.has(key)) cited.add(key);
    });
    if (cited.size === 0) return;
    tree.children.unshift({
      type: 'element',
      tagName: 'p',
      properties: { [ALL]: true },
      children: [{ type: 'text', value: `[${[...cited].map((key) => `@${key}`).join('; ')}]` }],
    });
  };
}

export function rehypeForgetCitations() {
  return (tree: Root) => {
    tree.children = tree.children.filter((node) => !(node as Element).properties?.[ALL]);
  };
}

/** The keys of a .bib file. */
export const bibliographyKeys = (bib: string): Set<string> =>
  new Set([...bib.matchAll(/^@\w+\{([^,\s]+),/gm)].map(([, key]) => key));
