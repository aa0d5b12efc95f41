import { putOnClipboard } from '../controls/clipboard.ts';
import { useMoment } from '../controls/useMoment.ts';

interface Props {
  label: string;
  hint: string;
  copied: string;
  /** What the address will say of the present state. */
  address: () => string;
}

/** Copies a link; the address bar has it too. */
export function CopyLink({ label, hint, copied, address }: Props) {
  const [done, sayDone] = useMoment<true>();
  const copy = async () => {
    const link = address();
    history.replaceState(history.state, '', link);
    // Without the clipboard's permission the link still stands in the address bar.
    await putOnClipboard(link);
    sayDone(true);
  };
  return (
    <button type="button" class="button small copy-link" title={hint} onClick={copy}>
      <span aria-live="polite">{done ? copied : label}</span>
    </button>
  );
}
