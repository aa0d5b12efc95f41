import { type PlotOptions, plot } from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/**
 * A chart of `src/lib/plots` drawn while the book is built: the text of an <svg> that is `width` pixels wide and shrinks with
 * its column. Colours stay variables of the theme, so that light and dark need no second drawing.
 */
export function drawPlot(options: PlotOptions, width: number, ratio = 0.5): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = plot({
    height: Math.max(150, Math.min(width * ratio, 420)),
    ...options,
    width,
    document,
    style: {
      background: 'none',
      fontSize: '12px',
      ...(typeof options.style === 'object' ? options.style : {}),
    },
  });
  for (const inner of svg.querySelectorAll('[aria-label]')) inner.removeAttribute('aria-label');
  svg.setAttribute('aria-hidden', 'true');
  return shortened(svg.outerHTML);
}

/** A thousandth of a pixel is not seen: coordinates lose their further digits; what is written keeps them. */
const shortened = (svg: string) =>
  svg.replace(/<[^>]+>/g, (tag) => tag.replace(/(\d+\.\d\d)\d+/g, '$1'));
