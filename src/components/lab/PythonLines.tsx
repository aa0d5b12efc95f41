import { pythonLines } from '../../lib/checkpoint/python.ts';
import { putOnClipboard } from '../controls/clipboard.ts';
import { useMoment } from '../controls/useMoment.ts';
import type { LabWords } from './words.ts';
import './pythonLines.css';

/** Under Export: the file that was written, in Python. `file`: its name. */
export function PythonLines({
  words: say,
  file,
}: {
  words: LabWords['files']['python'];
  file: string;
}) {
  const [copied, sayCopied] = useMoment<true>();
  const code = pythonLines(file);
  // Where it is not allowed the lines can be selected.
  const copy = async () => {
    if (await putOnClipboard(`${code}\n`)) sayCopied(true);
  };
  return (
    <div class="python-lines">
      <p class="note">
        {say.about} <code>weights</code> {say.weights} <code>info</code> {say.info}
      </p>
      <pre tabindex={0} class="notranslate">
        <code>{code}</code>
      </pre>
      <button type="button" class="button small" onClick={copy}>
        {copied ? say.copied : say.copy}
      </button>
    </div>
  );
}
