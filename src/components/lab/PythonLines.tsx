import { useSignal } from '@preact/signals';
import { pythonLines } from '../../lib/checkpoint/python.ts';
import './pythonLines.css';

/** Under Export: the file that was written, in Python. `file`: its name. */
export function PythonLines({ file }: { file: string }) {
  const copied = useSignal(false);
  const code = pythonLines(file);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${code}\n`);
    } catch {
      // Not allowed: the lines can be selected.
      return;
    }
    copied.value = true;
    setTimeout(() => {
      copied.value = false;
    }, 1500);
  };
  return (
    <div class="python-lines">
      <p class="note">
        In Python, beside the file: then <code>weights</code> has every tensor by its name, and{' '}
        <code>info</code> says what the run was. NumPy is all it needs.
      </p>
      <pre tabindex={0} class="notranslate">
        <code>{code}</code>
      </pre>
      <button type="button" class="button small" onClick={copy}>
        {copied.value ? 'Copied' : 'Copy the lines'}
      </button>
    </div>
  );
}
