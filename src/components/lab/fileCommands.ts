/** What Save, Load and Export do, and what they say of it beside their buttons. */
import { signal } from '@preact/signals';
import { MOST_BYTES } from '../../lib/checkpoint/index.ts';
import { runKey } from '../../lib/tensor/recipes/diffusion/run.ts';
import { faultOf } from '../../lib/worker/storage.ts';
import * as show from '../trainer/format.ts';
import { sayFault } from '../trainer/sayError.ts';
import type { Machine, Session } from '../trainer/session.ts';
import { download, fileName, keepRun, stepOfFile } from './files.ts';
import type { LabWords } from './words.ts';

/** The file that Export wrote last; '' before. */
export const exported = signal('');

export interface FileCommands {
  save(): void;
  export(): void;
  /** Takes up a run from its file's bytes. */
  load(bytes: Uint8Array): Promise<unknown>;
  /** The same from a file that the reader chose. */
  loadFile(chosen: File): void;
}

/** `dataset`: what a run is called that the worker says nothing of. */
export function fileCommands(
  say: LabWords['files'],
  session: Session,
  machine: Machine,
  dataset: string,
): FileCommands {
  const load = (bytes: Uint8Array) => session.load(bytes, machine);
  return {
    load,
    save: () =>
      void session.filing(async () => {
        const run = session.run.value;
        const bytes = await session.trainer.save();
        const step = stepOfFile(bytes);
        const label = {
          dataset: run?.dataset ?? dataset,
          step,
          date: new Date().toISOString(),
        };
        try {
          await keepRun(bytes, run ? runKey(run) : dataset, label);
          session.fileNote.value = say.saved(show.count(step), show.bytes(bytes.length));
        } catch (error) {
          download(bytes, fileName(label));
          session.fileNote.value = say.savedAsFile(await sayFault(faultOf(error)));
        }
      }),
    export: () =>
      void session.filing(async () => {
        const name = session.run.value?.dataset ?? dataset;
        const bytes = await session.trainer.export({ page: location.href });
        const step = stepOfFile(bytes);
        exported.value = `from-noise-${name}-${step}.safetensors`;
        download(bytes, exported.value);
        session.fileNote.value = say.exported(show.count(step), show.bytes(bytes.length));
      }),
    loadFile: (chosen) =>
      void session.filing(async () => {
        if (chosen.size > MOST_BYTES)
          throw new Error(
            say.tooLarge(chosen.name, show.bytes(chosen.size), show.bytes(MOST_BYTES)),
          );
        await load(new Uint8Array(await chosen.arrayBuffer()));
      }),
  };
}
