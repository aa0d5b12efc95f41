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
  /** Height over width, for the space kept before it is drawn. */
  ratio?: number;
}

/** Observable Plot, loaded when first needed, redrawn when its options or its width change. One label for assistive technology. */
export function Plot({ options, title, summary, ratio = 0.5 }: Props) {
  const say = useControlWords();
  const ref = useRef<HTMLDivElement>(null);
  const problem = useSignal('');
  const again = useRef(async () => false);
  useEffect(() => {
    const host = ref.current;
    if (!host) return;
    let stale = false;
    let width = 0;
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
      width = host.clientWidth;
      const { plot } = await import('@observablehq/plot');
      if (stale) return;
      // Before layout settles a host can be narrower than the margins; the observer calls again.
      if (width < 100) return;
      const chosen = await (typeof options === 'function' ? options() : options);
      if (stale) return;
      const svg = plot({
        height: Math.max(160, Math.min(width * ratio, 420)),
        ...chosen,
        width,
        style: {
          background: 'none',
          fontSize: '12px',
          ...(typeof chosen.style === 'object' ? chosen.style : {}),
        },
      });
      for (const inner of svg.querySelectorAll('[aria-label]')) inner.removeAttribute('aria-label');
      svg.setAttribute('aria-hidden', 'true');
      host.replaceChildren(svg);
    };
    again.current = draw;
    draw();
    const observer = new ResizeObserver(() => {
      if (Math.abs(host.clientWidth - width) > 1) draw();
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
      <div ref={ref} role="img" aria-label={title ? say.summarised(title, summary) : summary}>
        <div class="placeholder" style={{ '--ratio': String(1 / ratio) }} />
      </div>
      {problem.value && (
        <div class="error missing" role="alert">
          <p>{say.notDrawn(problem.value)}</p>
          <TryAgain retry={() => again.current()} />
        </div>
      )}
    </div>
  );
}
