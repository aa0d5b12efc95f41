/** Code that puts a widget, as it stands, into another page. */

/** The page's own rim above and below, at most (stage.css), and a pixel for rounding each; CSS pixels. */
const SPARE = 2 * 16 + 2;

const escaped = (text: string) =>
  text.replace(
    /[&"<>]/g,
    (c) => ({ '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' })[c] ?? c,
  );

/** @param height CSS pixels that the widget needs. */
export function iframeCode({ url, title, height }: { url: string; title: string; height: number }) {
  const { origin, pathname, search } = new URL(url);
  return `<iframe src="${escaped(origin + pathname + search)}" title="${escaped(title)}" width="100%" height="${height}" style="border:0" loading="lazy" allowfullscreen></iframe>`;
}

/** Height that the page's widget takes where text has its usual size and no window stretches it, CSS pixels. */
export function naturalHeight(): number {
  const stage = document.querySelector<HTMLElement>('.stage');
  if (!stage) return 0;
  const { documentElement: root } = document;
  const before = [root.style.cssText, stage.style.cssText];
  // Laid out and put back before anything is painted.
  root.style.fontSize = '100%';
  stage.style.cssText = 'width: min(100%, 60rem); min-height: 0; --plot-most: 20rem';
  const height = Math.ceil(stage.getBoundingClientRect().height);
  [root.style.cssText, stage.style.cssText] = before;
  return height + SPARE;
}
