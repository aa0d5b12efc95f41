import './desk.css';
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { More } from './More.tsx';

interface Props {
  /** What a reader moves first; it stays beside the picture that it changes. */
  main: ComponentChildren;
  /** Numbers that follow. */
  stats?: ComponentChildren;
  /** Settings that can wait: folded on a phone, open where there is room. */
  rest?: ComponentChildren;
  /** The signals behind `rest`: a link that sets one of them opens the fold. */
  settings?: readonly Signal<unknown>[];
  /** `rest` is folded on a wide page too. */
  fold?: boolean;
  /** Width of the settings' side on a wide page, where they need more than usual. */
  side?: string;
  /** The picture. */
  children: ComponentChildren;
}

/** A widget's table: on a wide page settings and numbers beside the picture, on a phone the main one above it. */
export function Desk({ main, stats, rest, settings, fold, side, children }: Props) {
  return (
    <div class="desk" style={side && { '--desk-side': side }}>
      <div class="desk-main controls">{main}</div>
      <div class="desk-picture">{children}</div>
      {stats && <div class="desk-stats">{stats}</div>}
      {rest && (
        <More settings={settings} always={fold}>
          {rest}
        </More>
      )}
    </div>
  );
}
