import { readdirSync, readFileSync } from 'node:fs';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { languageOfFile } from '../lib/words/languages.ts';

/**
 * Numbered, linkable equations. In MDX, `\label{name}` in display maths and `<Formula name="name" />` both take
 * the next number of their chapter; `$\eqref{name}$` anywhere in the book becomes a link "(3.2)" to it.
 * A label used twice, or a reference to none, stops the build.
 */
export interface Equation {
  number: string;
  slug: string;
}

const LABEL = /\\label\{([\w-]+)\}|<Formula\s+name="([\w-]+)"/g;

/** Numbers every equation of one language's chapters, in reading order. */
export function collectEquations(folder: string): Map<string, Equation> {
  const equations = new Map<string, Equation>();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .sort()) {
    const [, chapter, slug] = /^(\d+)-(.+)\.mdx$/.exec(file) ?? [];
    if (!chapter) throw new Error(`${folder}/${file}: a chapter is named NN-name.mdx`);
    let count = 0;
    for (const match of readFileSync(`${folder}/${file}`, 'utf8').matchAll(LABEL)) {
      const name = match[1] ?? match[2];
      if (equations.has(name)) throw new Error(`${file}: equation "${name}" is labelled twice`);
      count += 1;
      equations.set(name, { number: `${Number(chapter)}.${count}`, slug });
    }
  }
  return equations;
}

/** Path prefix of a language: English lives at the root. */
const prefix = (language: string) =>
  `${process.env.BASE_PATH?.replace(/\/$/, '') ?? ''}/${language === 'en' ? '' : `${language}/`}`;

export function remarkEquations() {
  return (tree: Root, file: { path?: string }) => {
    const language = languageOfFile(file.path);
    const equations = collectEquations(`content/${language}`);
    const find = (name: string) => {
      const equation = equations.get(name);
      if (!equation) throw new Error(`${file.path}: no equation is labelled "${name}"`);
      return equation;
    };
    // biome-ignore lint/suspicious/noExplicitAny: mdast has no types for maths and MDX nodes
    visit(tree, (node: any, index, parent: any) => {
      if (node.type === 'math') {
        const name = /\\label\{([\w-]+)\}/.exec(node.value)?.[1];
        if (!name) return;
        node.value = `${node.value.replace(/\\label\{[\w-]+\}/, '')}\\tag{${find(name).number}}`;
        // remark-math keeps what it will render in data.hChildren: keep both alike.
        node.data = {
          hName: 'div',
          hProperties: { id: `eq-${name}`, className: ['equation'] },
          hChildren: [
            {
              type: 'element',
              tagName: 'code',
              properties: { className: ['language-math', 'math-display'] },
              children: [{ type: 'text', value: node.value }],
            },
          ],
        };
      }
      if (node.type === 'inlineMath' && parent) {
        const name = /^\\eqref\{([\w-]+)\}$/.exec(node.value)?.[1];
        if (!name) return;
        const { number, slug } = find(name);
        parent.children[index ?? 0] = {
          type: 'link',
          url: `${prefix(language)}${slug}/#eq-${name}`,
          children: [{ type: 'text', value: `(${number})` }],
        };
      }
      if (node.type === 'mdxJsxFlowElement' && node.name === 'Formula') {
        const name = node.attributes.find((a: { name: string }) => a.name === 'name')?.value;
        node.attributes.push({ type: 'mdxJsxAttribute', name: 'number', value: find(name).number });
      }
    });
  };
}
