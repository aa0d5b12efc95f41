import type { Element, Root, Text } from 'hast';
import rehypeKatex from 'rehype-katex';
import { describe, expect, it } from 'vitest';
import { rehypeMathPunctuation } from '../../src/markdown/punctuation.ts';
import { remarkQuestions } from '../../src/markdown/questions.ts';
import { rehypeReferenceLinks } from '../../src/markdown/references.ts';

const text = (value: string): Text => ({ type: 'text', value });
const element = (tagName: string, className: string[], children: (Element | Text)[]): Element => ({
  type: 'element',
  tagName,
  properties: { className },
  children,
});
const root = (...children: Element[]): Root => ({ type: 'root', children });
const maths = () => element('span', ['katex'], [text('x')]);
const flat = (node: Root | Element): string =>
  node.children
    .map((c) => (c.type === 'text' ? c.value : `<${(c as Element).tagName}>${flat(c as Element)}`))
    .join('|');

describe('maths and the punctuation after it', () => {
  it('stay on one line', () => {
    const tree = root(element('p', [], [text('take '), maths(), text('. Then'), maths()]));
    rehypeMathPunctuation()(tree);
    expect(flat(tree)).toBe('<p>take |<span><span>x|.| Then|<span>x');
  });
  it('may part where the formula itself may break', () => {
    // Set by the KaTeX of the build: what marks its pieces is KaTeX's to say.
    const tree = (tex: string) => {
      const set = root(
        element(
          'p',
          [],
          [element('code', ['language-math', 'math-inline'], [text(tex)]), text('.')],
        ),
      );
      rehypeKatex()(set, {} as never);
      rehypeMathPunctuation()(set);
      return (set.children[0] as Element).children.flatMap((child) =>
        child.type === 'element' ? [child.properties.className] : [],
      );
    };
    expect(tree('x')).toEqual([['nobr']]);
    expect(tree('x=y')).toEqual([['katex']]);
  });
  it('are left alone where a space stands between them', () => {
    const tree = root(element('p', [], [maths(), text(' (which)')]));
    rehypeMathPunctuation()(tree);
    expect(flat(tree)).toBe('<p><span>x| (which)');
  });
});

describe('addresses in the references', () => {
  it('are links, without the full stop', () => {
    const tree = root(
      element('div', ['csl-entry'], [text('Ho. https://arxiv.org/abs/2006.11239.')]),
    );
    rehypeReferenceLinks()(tree);
    const link = (tree.children[0] as Element).children[1] as Element;
    expect(link.properties.href).toBe('https://arxiv.org/abs/2006.11239');
    expect(flat(tree)).toBe('<div>Ho. |<a>https://arxiv.org/abs/2006.11239|.');
  });
  it('are not touched elsewhere', () => {
    const tree = root(element('p', [], [text('https://arxiv.org/abs/2006.11239')]));
    rehypeReferenceLinks()(tree);
    expect(flat(tree)).toBe('<p>https://arxiv.org/abs/2006.11239');
  });
});

describe('questions', () => {
  it('are numbered in their chapter, wherever they stand in it', () => {
    const tag = (name: string, children: unknown[] = []) => ({
      type: 'mdxJsxFlowElement',
      name,
      attributes: [] as { name: string; value: string }[],
      children,
    });
    const asked = [tag('Predict'), tag('Predict'), tag('Predict')];
    const children = [asked[0], tag('Try'), tag('Fold', [asked[1]]), asked[2]];
    remarkQuestions()({ type: 'root', children } as never, { path: '/book/content/en/06-x.mdx' });
    expect(asked.map(({ attributes }) => attributes[0].value)).toEqual(['6.1', '6.2', '6.3']);
    expect(children[1].attributes).toEqual([]);
  });
});
