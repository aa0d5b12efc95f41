import './stage.css';
import { useRef, useState } from 'preact/hooks';
import { putOnClipboard } from '../controls/clipboard.ts';
import { useHydrated } from '../trainer/useHydrated.ts';
import { iframeCode, naturalHeight } from './iframeCode.ts';
import type { HostWords } from './words.ts';

interface Props {
  id: string;
  title: string;
  /** The chapter that the widget belongs to, and its address. */
  chapter: string;
  to: string;
  words: HostWords;
}

/** What is set now goes along: the place in the book shows the same. */
const asSet = (to: string, id: string) => `${to}${location.search}#${id}`;

/** The line below a widget on a page of its own: the way back to the book, the whole screen, and code to embed it. */
export default function StageLine({ id, title, chapter, to, words: say }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const awake = useHydrated();
  const [code, setCode] = useState('');
  const [copied, setCopied] = useState(false);
  const embed = () => {
    setCopied(false);
    setCode(iframeCode({ url: location.href, title, height: naturalHeight() }));
    dialog.current?.showModal();
  };
  const copy = async () => {
    if (await putOnClipboard(code)) setCopied(true);
    // Without the clipboard's permission: it is marked, to be copied by hand.
    else dialog.current?.querySelector('textarea')?.select();
  };
  const fullScreen = () => {
    const done = document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen();
    // A frame without the permission refuses: the button did nothing, and the page stands.
    void done.catch(() => {});
  };
  return (
    <div class="stage-line">
      <a
        href={`${to}#${id}`}
        target="_top"
        onClick={(event) => {
          event.currentTarget.href = asSet(to, id);
        }}
      >
        {say.back(chapter)}
      </a>
      {awake && document.fullscreenEnabled && (
        <button type="button" class="button small" onClick={fullScreen}>
          {say.fullScreen}
        </button>
      )}
      <button type="button" class="button small" disabled={!awake} onClick={embed}>
        {say.embed}
      </button>
      <dialog ref={dialog} class="stage-code" aria-label={say.embed}>
        <h2>{say.embed}</h2>
        <label>
          {say.code}
          <textarea rows={5} readOnly value={code} onFocus={(e) => e.currentTarget.select()} />
        </label>
        <div class="row">
          <button type="button" class="button primary" onClick={copy}>
            {copied ? say.copied : say.copy}
          </button>
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {say.close}
          </button>
        </div>
      </dialog>
    </div>
  );
}
