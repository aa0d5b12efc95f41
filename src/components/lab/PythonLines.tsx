import { pythonLines } from '../../lib/checkpoint/python.ts';
import { putOnClipboard } from '../controls/clipboard.ts';
import { useMoment } from '../controls/useMoment.ts';
import './pythonLines.css';

/** Under Export: the file that was written, in Python. `file`: its name. */
export function PythonLines({ file }: { file: string }) {
  const [copied, sayCopied] = useMoment<true>();
  const code = pythonLines(file);
  // Where it is not allowed the lines can be selected.
  const copy = async () => {
    if (await putOnClipboard(`${code}\n`)) sayCopied(true);
  };
  return (
    <div class="python-lines">
      <p class="note">
        To open it in Python, run these lines in the folder of the file. They need NumPy alone:{' '}
        <code>weights</code> has every tensor by its name, <code>info</code> says what the run was.
      </p>
      <pre tabindex={0} class="notranslate">
        <code>{code}</code>
      </pre>
      <button type="button" class="button small" onClick={copy}>
        {copied ? 'Copied' : 'Copy the lines'}
      </button>
    </div>
  );
}
