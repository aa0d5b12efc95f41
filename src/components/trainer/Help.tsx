import { type ComponentChildren, createContext } from 'preact';
import { useContext, useId, useRef } from 'preact/hooks';
import { href } from '../../lib/words/paths.ts';
import { chapterName, HELP, type HelpName } from './helpWords.ts';
import { en } from './words.ts';

interface Props {
  of: HelpName;
  /** What the reader sees the setting or the number called. */
  label: string;
}

/** Whether there is help: in the lab; the chapter around a widget says the same at length. */
export const HelpContext = createContext(false);

/** A small "?" that opens one line and a link to its chapter. The browser closes it: a click elsewhere, Escape, another one. */
export function Help({ of, label }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const wanted = useContext(HelpContext);
  const { says, chapter } = HELP[of];
  if (!wanted) return null;
  const place = () => {
    if (!button.current || !box.current) return;
    const { left, bottom } = button.current.getBoundingClientRect();
    const most = document.documentElement.clientWidth - box.current.offsetWidth - 8;
    box.current.style.left = `${Math.max(8, Math.min(left, most)) + scrollX}px`;
    box.current.style.top = `${bottom + 4 + scrollY}px`;
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class="help"
        popovertarget={id}
        aria-label={en.helpOn(label)}
      >
        ?
      </button>
      <div ref={box} id={id} popover="auto" class="help-box" onToggle={place}>
        {says} <a href={href(`${chapter}/`)}>{en.more(chapterName(chapter))}</a>
      </div>
    </>
  );
}

/** A control with its help at its upper right corner. */
export function Helped({ children, ...help }: Props & { children: ComponentChildren }) {
  if (!useContext(HelpContext)) return <>{children}</>;
  return (
    <div class="helped">
      {children}
      <Help {...help} />
    </div>
  );
}
