/** What a page looks like, by its computed styles. Each function runs in the page: it uses nothing from outside itself. */

/** Marks one control of every kind (tag, class, state) that can be used and read. */
export function marks(): void {
  const seen = new Set<string>();
  for (const old of document.querySelectorAll('[data-mark]')) old.removeAttribute('data-mark');
  const all = 'button, a[href], summary, select, .segmented label, .check, [aria-current]';
  for (const one of document.querySelectorAll<HTMLInputElement>(all)) {
    const text = (one.textContent ?? '').trim();
    const off = one.matches(':disabled, fieldset:disabled *') || one.querySelector(':disabled');
    if (!text || off || !one.checkVisibility() || one.matches('.skip')) continue;
    const chosen = one.matches('[aria-pressed="true"], [aria-current], :has(:checked)');
    const kind = [one.localName, one.className, one.parentElement?.className, chosen].join(' ');
    if (seen.has(kind)) continue;
    one.dataset.mark = '';
    seen.add(kind);
  }
}

/** Contrast (WCAG 2.2) of the text of each marked control on what is painted behind it. */
export function contrasts(): { what: string; contrast: number }[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!canvas) throw new Error('no canvas');
  /** The colours, one painted over the other. */
  const paint = (colours: string[]) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const linear = [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((byte) =>
      byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  return [...document.querySelectorAll<HTMLElement>('[data-mark]')].map((one) => {
    const behind: string[] = [];
    for (let box: Element | null = one; box; box = box.parentElement)
      behind.unshift(getComputedStyle(box).backgroundColor);
    const layers = ['white', ...behind];
    const [text, ground] = [paint([...layers, getComputedStyle(one).color]), paint(layers)];
    const contrast = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    return { what: `${one.localName}.${one.className} "${one.textContent?.trim()}"`, contrast };
  });
}

/**
 * Boxes without words that are told from what surrounds them by a background, and what is chosen by its background:
 * their place in the document, their colour, and whether they differ from what is behind them.
 */
export function paints(): { place: string; kind: string; colour: string; differs: boolean }[] {
  const clear = (colour: string) => /^rgba\(.*, 0\)$|^transparent$/.test(colour);
  // Which of its kind: what appears elsewhere later moves no other's place.
  const seen = new Map<string, number>();
  return [...document.querySelectorAll<HTMLElement>('main *')].flatMap((one) => {
    const kind = `${one.localName}.${one.className}`;
    const nth = seen.get(kind) ?? 0;
    seen.set(kind, nth + 1);
    if (
      one.closest('svg, canvas, .katex, astro-island[ssr], pre') ||
      one.matches('input, progress')
    )
      return [];
    const chosen = one.matches('[aria-pressed="true"], label:has(:checked):not(.check)');
    const { width, height } = one.getBoundingClientRect();
    const blank = !one.textContent?.trim() && !one.firstElementChild && width > 4 && height > 4;
    if (!(blank || chosen) || one.matches('.plot-area, canvas')) return [];
    let ground = one.parentElement;
    while (ground && clear(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    const own = getComputedStyle(one);
    const ramp = own.backgroundImage !== 'none';
    const colour = ramp ? own.backgroundImage : own.backgroundColor;
    const behind = ground ? getComputedStyle(ground).backgroundColor : '';
    const differs = ramp || (!clear(colour) && colour !== behind);
    return [{ place: `${nth} ${kind}`, kind, colour, differs }];
  });
}

/** Controls and words that reach outside the window or a box that clips them, and a page that scrolls sideways. */
export function cutOff(): string[] {
  const bad: string[] = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) bad.push(`the page is ${wide} px wider than the window`);
  const all = 'button, input, select, a, summary, output, label, h1, h2, h3, th, td, p, .legend';
  for (const one of document.querySelectorAll<HTMLElement>(all)) {
    const { left, right, width } = one.getBoundingClientRect();
    if (
      !width ||
      !one.checkVisibility() ||
      one.closest('.sr-only, .skip, [popover], .knots, .katex')
    )
      continue;
    let [from, to] = [0, innerWidth];
    let scrolls = false;
    for (let box = one.parentElement; box && box !== document.body; box = box.parentElement) {
      const { overflowX } = getComputedStyle(box);
      scrolls ||= /auto|scroll/.test(overflowX);
      if (!/hidden|clip/.test(overflowX)) continue;
      const edge = box.getBoundingClientRect();
      [from, to] = [Math.max(from, edge.left), Math.min(to, edge.right)];
    }
    const outside = Math.round(Math.max(right - to, from - left));
    if (!scrolls && outside > 1)
      bad.push(`${one.localName}.${one.className} "${one.textContent?.trim()}": ${outside} px`);
  }
  return bad;
}
