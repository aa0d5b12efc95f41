import { useState } from 'preact/hooks';

interface Props {
  label: string;
  hint: string;
  copied: string;
  /** What the address will say of the present state. */
  address: () => string;
}

/** Copies a link; the address bar has it too. */
export function CopyLink({ label, hint, copied, address }: Props) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    const link = address();
    history.replaceState(history.state, '', link);
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // Without the clipboard's permission the link still stands in the address bar.
    }
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return (
    <button type="button" class="button small copy-link" title={hint} onClick={copy}>
      <span aria-live="polite">{done ? copied : label}</span>
    </button>
  );
}
