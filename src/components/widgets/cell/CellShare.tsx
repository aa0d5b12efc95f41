import type { Signal } from '@preact/signals';
import { putOnClipboard } from '../../controls/clipboard.ts';
import { useMoment } from '../../controls/useMoment.ts';
import { MOST_IN_LINK, packCode } from './codeLink.ts';
import type { CellWords } from './words.ts';

interface Props {
  name: string;
  book: string;
  code: Signal<string>;
  problem: Signal<string>;
  say: CellWords;
}

/** Buttons that copy a cell's code, and a link that brings it to somebody else. */
export function CellShare({ name, book, code, problem, say }: Props) {
  const [copied, sayCopied] = useMoment<'code' | 'link'>();
  const put = async (text: string, what: 'code' | 'link') => {
    problem.value = '';
    if (await putOnClipboard(text)) sayCopied(what);
    else problem.value = say.noClipboard;
  };
  const link = async () => {
    const key = `cell-${name}.code`;
    const url = new URL(location.href);
    url.hash = `cell-${name}`;
    url.searchParams.delete(key);
    if (code.value !== book) {
      const packed = await packCode(code.value);
      if (packed.length > MOST_IN_LINK) {
        problem.value = say.linkTooLong(packed.length, MOST_IN_LINK);
        return;
      }
      url.searchParams.set(key, packed);
    }
    history.replaceState(history.state, '', url);
    await put(url.href, 'link');
  };
  return (
    <>
      <button
        type="button"
        class="button small"
        onClick={() => put(code.value, 'code')}
        title={say.copyHint}
      >
        {copied === 'code' ? say.copied : say.copy}
      </button>
      <button type="button" class="button small" onClick={link} title={say.linkHint}>
        {copied === 'link' ? say.copied : say.link}
      </button>
    </>
  );
}
