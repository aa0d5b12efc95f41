import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';

/** How many questions a chapter's text asks. */
export const questionCount = (mdx: string): number => mdx.match(/<Predict\b/g)?.length ?? 0;

/** Every `<Predict>` of a chapter takes the chapter's next number: 6.2 is the second question of chapter 6. */
export function remarkQuestions() {
  return (tree: Root, file: { path?: string }) => {
    const [, chapter] = /[\\/](\d+)-[^\\/]+\.mdx$/.exec(file.path ?? '') ?? [];
    if (!chapter) return;
    let count = 0;
    // biome-ignore lint/suspicious/noExplicitAny: mdast has no types for MDX nodes
    visit(tree, 'mdxJsxFlowElement' as any, (node: any) => {
      if (node.name !== 'Predict') return;
      const value = `${Number(chapter)}.${++count}`;
      node.attributes.push({ type: 'mdxJsxAttribute', name: 'number', value });
    });
  };
}
