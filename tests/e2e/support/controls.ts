/**
 * What the controls inside an element hold, as a reader is told it: [name, value] of each slider, field, menu and box, and
 * of the chosen one of each row of buttons. A menu's choice is told as its value and as its words. Runs in the page, so it needs
 * nothing from outside.
 */
export function controlsOf(root: Element): [name: string, ...values: string[]][] {
  const textOf = (element: Element | null | undefined): string => {
    const copy = element?.cloneNode(true) as Element | undefined;
    for (const shown of copy?.querySelectorAll('output, small') ?? []) shown.remove();
    return (copy?.textContent ?? '').replace(/\s+/g, ' ').trim();
  };
  type Control = HTMLInputElement | HTMLSelectElement;
  const found: [string, ...string[]][] = [];
  for (const element of root.querySelectorAll('input, select, [role=slider]')) {
    const { type = '', value = '', labels } = element as Control;
    const label = element.getAttribute('aria-label') ?? textOf(labels?.[0]);
    const { checked = false } = element as HTMLInputElement;
    if (type === 'file') continue;
    if (type === 'radio') {
      if (checked)
        found.push([textOf(element.closest('fieldset')?.querySelector('legend')), label]);
    } else if (element instanceof HTMLSelectElement)
      found.push([label, value, textOf(element.selectedOptions[0])]);
    else if (type === 'checkbox') found.push([label, checked ? 'on' : 'off']);
    else
      found.push([
        label,
        element.getAttribute('aria-valuetext') ?? element.getAttribute('aria-valuenow') ?? value,
      ]);
  }
  return found;
}

/**
 * What is found of the controls that were kept, in their order: a widget may be laid out anew and have more of them. Where a
 * menu has taken the place of a row of buttons, the same words.
 */
export const asKept = (found: string[][], kept: string[][]): string[][] => {
  const left = [...found];
  return kept.flatMap(([name, wanted = '']) => {
    const at = left.findIndex(([other]) => other === name);
    if (at < 0) return [];
    const [, ...values] = left.splice(at, 1)[0];
    return [[name, values.includes(wanted) ? wanted : values[0]]];
  });
};
