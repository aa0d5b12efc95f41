/**
 * Cards: what a citation, an equation's number, a word of the glossary or a row of mistakes stands for, over the page, when it
 * is pointed at, focused or tapped. Only the listening is here; the card itself is loaded when the first one is asked for.
 */
const CARDED =
  'a[href*="#bib-"], a[href*="#eq-"], a[href*="#term-"], a[href*="#mistake-"], .term-word';
/** A pointer that only passes shows nothing; one that leaves may come back over the gap to the card. In ms. */
const REST = 250;
const GRACE = 250;

const cardedAt = (target: EventTarget | null): HTMLElement | null => {
  const found = (target as Element | null)?.closest?.<HTMLElement>(CARDED);
  return found?.closest('[popover]') ? null : (found ?? null);
};

export function showCards(): void {
  let timer = 0;
  let touched = false;
  /** Whose card is open. */
  let shown: HTMLElement | null = null;
  let pinned = false;

  const open = async (trigger: HTMLElement, pin = false) => {
    shown = trigger;
    pinned = pin;
    const wanted = () => shown === trigger;
    const gone = () => {
      if (wanted()) shown = null;
    };
    const card = await (await import('./cardView.ts')).openCard(trigger, wanted, gone);
    if (card) {
      card.addEventListener('pointerenter', () => clearTimeout(timer));
      card.addEventListener('pointerleave', leave);
    } else if (wanted()) {
      shown = null;
      // A tap leads there at least.
      if (pin && trigger instanceof HTMLAnchorElement) location.assign(trigger.href);
    }
  };
  const close = async () => {
    shown = null;
    (await import('./cardView.ts')).closeCard();
  };
  const leave = () => {
    clearTimeout(timer);
    if (shown && !pinned) timer = window.setTimeout(close, GRACE);
  };

  document.addEventListener('pointerover', (event) => {
    const trigger = cardedAt(event.target);
    if (event.pointerType !== 'mouse' || !trigger) return;
    clearTimeout(timer);
    if (trigger !== shown) timer = window.setTimeout(() => open(trigger), REST);
  });
  document.addEventListener('pointerout', (event) => {
    if (event.pointerType === 'mouse' && cardedAt(event.target)) leave();
  });
  document.addEventListener('focusin', ({ target }) => {
    const trigger = cardedAt(target);
    // A word of the glossary opens by its own key: its meaning holds a link.
    if (!trigger?.matches(':focus-visible') || trigger.matches('.term-word')) return;
    clearTimeout(timer);
    if (trigger !== shown) open(trigger);
  });
  document.addEventListener('focusout', ({ target }) => {
    // Not at once: the focus may have gone into the card.
    if (shown && shown === cardedAt(target) && !shown.matches('.term-word')) leave();
  });
  document.addEventListener('pointerdown', (event) => {
    touched = event.pointerType !== 'mouse';
  });
  document.addEventListener(
    'click',
    (event) => {
      const trigger = cardedAt(event.target);
      clearTimeout(timer);
      if (!trigger) return;
      if (trigger.matches('.term-word')) {
        // Its own press would close what the pointer has opened: it is pinned instead.
        if (shown === trigger && !pinned && !touched) {
          event.preventDefault();
          pinned = true;
        }
        return;
      }
      // The first tap shows the card, which holds the link; a second one follows it.
      if (touched && event.detail > 0 && shown !== trigger) {
        event.preventDefault();
        open(trigger, true);
      } else if (shown) close();
    },
    true,
  );
}
