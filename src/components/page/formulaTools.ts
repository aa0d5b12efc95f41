/**
 * A displayed formula offers itself for copying, as LaTeX and as MathML, while the pointer or the focus is on it. One pair
 * of buttons serves a page: it stands as the last child of the formula that is pointed at, so that the Tab key comes to it.
 */
import { plainTex } from './copyFormulas.ts';
import { mathMlOf } from './mathMl.ts';
import { tellCopied } from './tellCopied.ts';

/** What can take the focus: one of the two, whichever scrolls. */
const FORMULA = '.prose .equation, .prose .katex-display[tabindex]';

/** The formula as LaTeX without the book's macros and without its number. */
export const latexOf = (annotation: string): string =>
  plainTex(annotation.replace(/\\tag\{[^}]*\}/g, '')).trim();

export function offerFormulas(): void {
  const tools = document.getElementById('formula-tools');
  if (!tools) return;
  let formula: Element | null = null;

  const offer = (next: Element | null) => {
    if (next === formula) return;
    formula = next;
    tools.hidden = next === null;
    if (!next) return;
    next.append(tools);
    // Outside of what scrolls: placed by the page, at the upper right of the formula.
    const base = (tools.offsetParent ?? document.body).getBoundingClientRect();
    const box = next.getBoundingClientRect();
    tools.style.left = `${box.right - base.left - tools.offsetWidth}px`;
    tools.style.top = `${box.top - base.top - tools.offsetHeight + 2}px`;
  };
  const at = (event: Event) => (event.target as Element).closest?.(FORMULA) ?? null;

  document.addEventListener('focusin', (event) => offer(at(event)));
  document.addEventListener('pointerover', (event) => {
    if (event.pointerType !== 'mouse') return;
    // What has the focus keeps them.
    offer(at(event) ?? (formula?.contains(document.activeElement) ? formula : null));
  });
  tools.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-copy]');
    const source = formula?.querySelector('annotation')?.textContent;
    const math = formula?.querySelector('math');
    if (!button || !source || !math) return;
    const latex = latexOf(source);
    tellCopied(button, button.dataset.copy === 'latex' ? latex : mathMlOf(math.outerHTML, latex));
  });
}
