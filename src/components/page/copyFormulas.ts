import { katexOptions } from '../../markdown/katex.ts';

/** Macros of the book that stand for something else, without their backslash. */
const MACROS = new Map(
  Object.entries(katexOptions.macros ?? {}).map(([name, body]) => [name.slice(1), String(body)]),
);
/** Control words before which one token is an argument, or which a sub- or superscript sign precedes. */
const TAKES_ONE = /(?:[_^]|\\(?:[dt]?frac|sqrt|bar|hat|tilde|boldsymbol|mathbf)\s*)$/;

/** The end of the group `{…}` that opens at `from`. */
function groupEnd(tex: string, from: number): number {
  let depth = 0;
  for (let i = from; i < tex.length; i++) {
    if (tex[i] === '\\') i += 1;
    else if (tex[i] === '{') depth += 1;
    else if (tex[i] === '}' && --depth === 0) return i;
  }
  throw new Error(`expected a closing brace in ${tex}`);
}

/** The same formula without the book's own macros, so that it can be set anywhere. */
export function plainTex(tex: string): string {
  let out = '';
  for (let i = 0; i < tex.length; ) {
    const word = /^\\([a-zA-Z]+|.)/s.exec(tex.slice(i));
    if (!word) {
      out += tex[i++];
      continue;
    }
    i += word[0].length;
    const body = MACROS.get(word[1]);
    if (body === undefined) {
      out += word[0];
      continue;
    }
    const values: string[] = [];
    for (let n = 0; n < (/#2/.test(body) ? 2 : /#1/.test(body) ? 1 : 0); n++) {
      const end = groupEnd(tex, i);
      values.push(tex.slice(i + 1, end));
      i = end + 1;
    }
    // Marks for the page's explanations are no mathematics.
    const meaning = body.startsWith('\\htmlClass') ? (values.at(-1) ?? '') : body;
    const plain = plainTex(meaning);
    out += TAKES_ONE.test(out) ? `{${plain}}` : plain;
    // A control word ends where its letters end.
    if (/\\[a-zA-Z]+$/.test(plain) && /[a-zA-Z]/.test(tex[i] ?? '') && out.endsWith(plain))
      out += ' ';
  }
  return out;
}

const formulaOf = (node: Node): Element | null | undefined =>
  (node instanceof Element ? node : node.parentElement)?.closest('.katex');

/**
 * A formula is laid out twice, for the eye and for assistive technology, and neither copies as mathematics. While the
 * text of a selection is taken, each formula in it stands as its TeX, between $ or $$; afterwards it is what it was.
 */
function copy(event: ClipboardEvent): void {
  const selection = getSelection();
  if (event.defaultPrevented || !event.clipboardData || !selection || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const [first, last] = [formulaOf(range.startContainer), formulaOf(range.endContainer)];
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const common = range.commonAncestorContainer;
  const around = common instanceof Element ? common : common.parentElement;
  const formulas = [...(around?.querySelectorAll<HTMLElement>('.katex') ?? [])].filter((formula) =>
    range.intersectsNode(formula),
  );
  if (formulas.length === 0) return;
  const restore = formulas.map((formula) => {
    const tex = formula.querySelector('annotation')?.textContent ?? '';
    const fence = formula.closest('.katex-display') ? '$$' : '$';
    const layers = [...formula.children] as HTMLElement[];
    for (const layer of layers) layer.style.display = 'none';
    const text = document.createElement('span');
    text.textContent = `${fence}${plainTex(tex)}${fence}`;
    formula.append(text);
    return () => {
      text.remove();
      for (const layer of layers) layer.style.removeProperty('display');
    };
  });
  const html = document.createElement('div');
  html.append(range.cloneContents());
  for (const layer of html.querySelectorAll(
    '.katex-mathml, .katex-html, #formula-tools, [hidden], [popover]',
  ))
    layer.remove();
  event.clipboardData.setData('text/plain', selection.toString());
  event.clipboardData.setData('text/html', html.innerHTML);
  event.preventDefault();
  for (const put of restore) put();
}

export function copyFormulasAsTex(): void {
  document.addEventListener('copy', copy);
}
