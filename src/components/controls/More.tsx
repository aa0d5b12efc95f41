import './desk.css';
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { useControlWords } from '../language/context.ts';
import { setByLink } from './urlState.ts';

interface Props {
  /** The settings inside: a link that sets one of them opens the fold. */
  settings?: readonly Signal<unknown>[];
  /** Folded where there is room for it, too. */
  always?: boolean;
  children: ComponentChildren;
}

/** What can wait, behind one word. Where a widget is wide enough it stands open beside its picture (desk.css). */
export function More({ settings = [], always, children }: Props) {
  const say = useControlWords();
  const id = useId();
  const [open, setOpen] = useState(false);
  // After hydration: the server knows no link.
  useEffect(() => {
    if (setByLink(settings)) setOpen(true);
  }, []);
  return (
    <div class="more controls" data-open={open} data-always={always}>
      <button
        type="button"
        class="button small more-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {open ? say.less : say.more}
      </button>
      <div class="more-body" id={id}>
        {children}
      </div>
    </div>
  );
}
