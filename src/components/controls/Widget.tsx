import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { BACKEND_CHOICES } from '../../lib/tensor/options.ts';
import { useControlWords } from '../language/context.ts';
import { putOnClipboard } from './clipboard.ts';
import { linkFaults, oneOf, urlSignal } from './urlState.ts';
import { useMoment } from './useMoment.ts';

interface Props {
  /** Name in the URL and in /embed/<id>/. */
  id: string;
  title: string;
  caption?: ComponentChildren;
  onReset?: () => void;
  /** It trains or draws with a network: a backend that the page's link names for it is held against the list. */
  computes?: boolean;
  /** Settings that another one limits or fixes, by their key in the address (the T of ledger.T): what is in force. */
  inForce?: Readonly<Record<string, string | number>>;
  children: ComponentChildren;
}

/** Frame of every widget: a title, a link to its present state, and a caption. */
export function Widget({ id, title, caption, onReset, computes, inForce, children }: Props) {
  // The signal is not read: a name that is none is in `linkFaults` from here on.
  useState(() => computes && urlSignal<string>('backend', 'auto', oneOf(BACKEND_CHOICES)));
  const say = useControlWords();
  const [copied, sayCopied] = useMoment<true>();
  const copy = async () => {
    const url = new URL(location.href);
    url.hash = id;
    history.replaceState(history.state, '', url);
    // Without the clipboard's permission the link still stands in the address bar.
    await putOnClipboard(url.href);
    sayCopied(true);
  };
  // Names in the address begin with the widget's own, or with a word of it: any-step.T, four.betas, fails.w.
  const names = [id, ...id.split('-'), ...(computes ? ['backend'] : [])];
  const faults = linkFaults.value.filter(({ name }) => names.includes(name.split('.')[0]));
  const reset = () => {
    linkFaults.value = linkFaults.peek().filter((fault) => !faults.includes(fault));
    onReset?.();
  };
  return (
    <figure class="widget" id={id} aria-labelledby={`${id}-title`}>
      <div class="widget-head">
        <span class="widget-title" id={`${id}-title`}>
          {title}
        </span>
        <span class="widget-tools">
          {onReset && (
            <button type="button" class="button small" onClick={reset}>
              {say.reset}
            </button>
          )}
          <button type="button" class="button small" onClick={copy} title={say.linkHint}>
            {copied ? say.copied : say.link}
          </button>
        </span>
      </div>
      {faults.map(({ name, found, expected, kept }) => (
        <p key={name} class="error link-fault" role="alert">
          {say.linkFault(
            name,
            found,
            expected(say.expected),
            inForce?.[name.split('.')[1]] ?? kept,
          )}
        </p>
      ))}
      <div class="widget-body">{children}</div>
      {caption && <figcaption>{caption}</figcaption>}
    </figure>
  );
}
