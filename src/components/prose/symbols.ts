import { onLive } from '../controls/live.ts';

/**
 * Symbols of a formula explain themselves: hovering, tapping or focusing a symbol, in the formula or in the row below
 * it, lights up both and shows its meaning; a symbol of the page's live state shows its value now.
 */
export function explainSymbols(root: Document): void {
  for (const formula of root.querySelectorAll<HTMLElement>('[data-formula]')) {
    for (const button of formula.querySelectorAll<HTMLButtonElement>('.symbol')) {
      const spots = formula.querySelectorAll(`.sym-${button.dataset.symbol}`);
      const meaning = button.nextElementSibling as HTMLElement;
      let pinned = false;
      const show = (on: boolean) => {
        meaning.hidden = !on;
        button.setAttribute('aria-expanded', String(on));
        for (const spot of spots) spot.classList.toggle('lit', on);
      };
      const pin = () => {
        pinned = !pinned;
        show(pinned);
      };
      for (const place of [button, ...spots]) {
        place.addEventListener('pointerenter', (event) => {
          if ((event as PointerEvent).pointerType === 'mouse') show(true);
        });
        place.addEventListener('pointerleave', () => show(pinned));
        place.addEventListener('click', pin);
      }
    }
  }
  onLive((values) => {
    for (const spot of root.querySelectorAll<HTMLElement>('[data-live]')) {
      const value = values[spot.dataset.live ?? ''];
      if (value !== undefined)
        spot.textContent = `${spot.dataset.now} ${Number(value.toPrecision(4))}`;
    }
  });
}
