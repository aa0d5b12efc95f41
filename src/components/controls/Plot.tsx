import type { PlotOptions } from '@observablehq/plot';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useControlWords } from '../language/context.ts';
import { TryAgain } from './TryAgain.tsx';

interface Props {
  /** Plain options from lib/plots; width is set here from the element. */
  options: PlotOptions | (() => PlotOptions | Promise<PlotOptions>);
  title?: string;
  /** What the plot shows, in a sentence with its numbers: read aloud in its place. */
  summary: string;
  /** Height over width, as far as the page's limits let it (plot-area in controls.css). */
  ratio?: number;
  /** A height of its own instead, in pixels at the usual size of text. */
  height?: number;
}

/** Observable Plot, loaded when first needed, redrawn when its options or its width change. One label for assistive technology. */
export function Plot({ options, title, summary, ratio = 0.5, height }: Props) {
  const say = useControlWords();
  const ref = useRef<HTMLDivElement>(null);
  const problem = useSignal('');
  const again = useRef(async () => false);
  useEffect(() => {
    const host = ref.current;
    if (!host) return;
    let stale = false;
    let [width, tall] = [0, 0];
    const draw = () =>
      drawn().then(
        () => {
          if (!stale) problem.value = '';
          return true;
        },
        (error) => {
          if (!stale) problem.value = error instanceof Error ? error.message : String(error);
          return false;
        },
      );
    const drawn = async () => {
      // Known before anything is waited for: the observer calls again only where it changes meanwhile.
      const [across, down] = [host.clientWidth, host.clientHeight];
      [width, tall] = [across, down];
      const { plot } = await import('@observablehq/plot');
      if (stale) return;
      // Before layout settles a host can be narrower than the margins; the observer calls again.
      if (across < 100) return;
      // Text is larger on a stage, or where a reader wants it so: the whole plot is with it.
      const zoom = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
      const chosen = await (typeof options === 'function' ? options() : options);
      if (stale) return;
      // A plot that sets its own height: its place takes it.
      if (chosen.height) {
        host.style.setProperty('--plot-height', `${chosen.height / 16}rem`);
        host.dataset.fixed = '';
      }
      const svg = plot({
        height: chosen.aspectRatio ? undefined : down / zoom,
        ...chosen,
        width: across / zoom,
        style: {
          background: 'none',
          fontSize: '12px',
          ...(typeof chosen.style === 'object' ? chosen.style : {}),
        },
      });
      for (const inner of svg.querySelectorAll('[aria-label]')) inner.removeAttribute('aria-label');
      svg.setAttribute('aria-hidden', 'true');
      svg.removeAttribute('width');
      svg.removeAttribute('height');
      host.replaceChildren(svg);
    };
    again.current = draw;
    draw();
    const observer = new ResizeObserver(() => {
      if (Math.abs(host.clientWidth - width) > 1 || Math.abs(host.clientHeight - tall) > 1) draw();
    });
    observer.observe(host);
    return () => {
      stale = true;
      observer.disconnect();
    };
  }, [options, ratio]);
  return (
    <div class="plot">
      {title && <p class="plot-title">{title}</p>}
      <div
        ref={ref}
        class="plot-area"
        role="img"
        aria-label={title ? say.summarised(title, summary) : summary}
        style={{
          '--ratio': String(1 / ratio),
          ...(height && { '--plot-height': `${height / 16}rem` }),
        }}
        data-fixed={height ? '' : undefined}
        data-square={ratio === 1 ? '' : undefined}
      />
      {problem.value && (
        <div class="error missing" role="alert">
          <p>{say.notDrawn(problem.value)}</p>
          <TryAgain retry={() => again.current()} />
        </div>
      )}
    </div>
  );
}
