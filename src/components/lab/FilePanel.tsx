import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Session } from '../trainer/session.ts';
import { Trouble } from '../trainer/Trouble.tsx';
import { exported, type FileCommands } from './fileCommands.ts';
import { PythonLines } from './PythonLines.tsx';
import { Shelf } from './Shelf.tsx';
import type { LabWords } from './words.ts';

interface Props {
  words: LabWords['files'];
  session: Session;
  files: FileCommands;
  can: { save: boolean; export: boolean };
  /** The field that asks for a file; a key opens it too. */
  chooser: RefObject<HTMLInputElement | null>;
}

/** Runs as files, and those this browser keeps. */
export function FilePanel({ words: say, session, files, can, chooser }: Props) {
  // What a file's button has to say is said beside it; a key may have been pressed far from there.
  const says = useRef<HTMLDivElement>(null);
  const said = session.fileNote.value || session.fileTrouble.value;
  useEffect(() => {
    if (said) says.current?.scrollIntoView({ block: 'nearest' });
  }, [said]);
  return (
    <>
      <div class="row files controls">
        <button type="button" class="button small" disabled={!can.save} onClick={files.save}>
          {say.save}
        </button>
        <button type="button" class="button small" onClick={() => chooser.current?.click()}>
          {say.load}
        </button>
        <button type="button" class="button small" disabled={!can.export} onClick={files.export}>
          {say.export}
        </button>
        <input
          ref={chooser}
          type="file"
          accept=".safetensors"
          hidden
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            if (chosen) files.loadFile(chosen);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <div ref={says} class="file-says">
        <Trouble of={session.fileTrouble} />
        <p class="note file-note" role="status">
          {session.fileNote.value}
        </p>
        {exported.value && <PythonLines words={say.python} file={exported.value} />}
      </div>
      <Shelf words={say} session={session} onOpen={files.load} />
    </>
  );
}
