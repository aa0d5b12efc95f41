/**
 * What one should have seen opens when its widget is used. Nothing that is in the window may move for it, so a block that
 * lies below the window opens there, unseen; one in the window only invites, until it is pressed or scrolled out below.
 */
/** As public/theme.js reads it, before the page is drawn. */
const KEY = 'from-noise.saw';
const TOUCHES = ['pointerdown', 'keydown', 'input'] as const;
/** Keys that only move about. */
const PASSING = /^(Tab|Shift|Control|Alt|Meta|Escape)$/;

export function openWhenTouched(root: Document): void {
  const blocks = [...root.querySelectorAll<HTMLDetailsElement>('details.saw')];
  const seen = new Set<Element>();

  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const block = target as HTMLDetailsElement;
      if (block.open) {
        if (isIntersecting) seen.add(block);
      } else if ('invites' in block.dataset && !isIntersecting && boundingClientRect.top > 0) {
        block.open = true;
      }
    }
  });

  /** The widget that a block speaks of. Looked up anew: a widget that wakes may put an element of its own in its place. */
  const widgetOf = (block: HTMLElement): Element | undefined => {
    if (block.dataset.of) return root.getElementById(block.dataset.of) ?? undefined;
    return [...root.querySelectorAll('.prose .widget')].findLast(
      (widget) => widget.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
  };

  const touched = (event: Event) => {
    if (event instanceof KeyboardEvent && PASSING.test(event.key)) return;
    const widget = (event.target as Element).closest?.('.widget');
    if (!widget) return;
    const own = blocks.filter((block) => widgetOf(block) === widget);
    // One experiment at a time: the next block of a widget waits until the one before it has been read.
    const next = own.find((block) => !seen.has(block));
    if (!next || next.open || 'invites' in next.dataset) return;
    next.dataset.invites = '';
    // Told anew, for what it is now.
    observer.unobserve(next);
    observer.observe(next);
  };
  for (const kind of TOUCHES) root.addEventListener(kind, touched, { capture: true });

  const always = (on: boolean) => {
    root.documentElement.toggleAttribute('data-saw', on);
    for (const block of blocks) {
      if (on) block.open = true;
      const box = block.querySelector<HTMLInputElement>('.saw-always input');
      if (box) box.checked = on;
    }
  };
  for (const block of blocks) {
    observer.observe(block);
    // Opened by hand, in the window: it counts as seen from its next meeting with the observer.
    block.addEventListener('toggle', () => {
      observer.unobserve(block);
      observer.observe(block);
    });
    block.querySelector('.saw-always input')?.addEventListener('change', (event) => {
      const on = (event.target as HTMLInputElement).checked;
      try {
        localStorage.setItem(KEY, on ? 'open' : '');
      } catch {
        // Forbidden: it holds for this page.
      }
      always(on);
    });
  }
  if (root.documentElement.hasAttribute('data-saw')) always(true);
}
