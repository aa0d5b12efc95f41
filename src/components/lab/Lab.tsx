import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { MOST_BYTES } from '../../lib/checkpoint/index.ts';
import type { DatasetName } from '../../lib/data/dataset.ts';
import { runKey } from '../../lib/worker/runConfig.ts';
import { Actions, possible } from './Actions.tsx';
import { FilmPanel } from './FilmPanel.tsx';
import { download, keepRun, readMark, stepOfFile, writeMark } from './files.ts';
import * as show from './format.ts';
import { KEYS, type Key, useKeys } from './keys.ts';
import { LossPanel } from './LossPanel.tsx';
import { Messages } from './Messages.tsx';
import { Figures, Readout } from './Readout.tsx';
import { runOf, sampleRequestOf, settingsOf } from './runConfig.ts';
import { SamplePanel } from './SamplePanel.tsx';
import { DataPanel, SettingsPanel } from './SettingsPanel.tsx';
import { nameOf, Shelf } from './Shelf.tsx';
import { createSession, sameRun } from './session.ts';
import {
  defaultSettings,
  type LabSettings,
  parseSettings,
  printSettings,
  reconcile,
} from './settings.ts';
import { Trouble } from './Trouble.tsx';
import { useFloor } from './useFloor.ts';
import { useKept } from './useKept.ts';

/** The full trainer: settings on one side, what comes of them on the other. */
export default function Lab() {
  // Its own setting says where to compute; the address only follows it.
  const session = useMemo(() => createSession({ backend: 'auto' }), []);
  const [settings, setSettings] = useState<LabSettings>(() => defaultSettings('all16'));
  const [problems, setProblems] = useState<string[]>([]);
  const [log, setLog] = useState(false);
  const [keysOn, setKeysOn] = useState(true);
  const [helpOpen, setHelpOpen] = useState(false);
  /** Rises when all settings change at once: what was typed into a field belongs to the old ones. */
  const [epoch, setEpoch] = useState(0);
  const fileSays = useRef<HTMLDivElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const ready = useRef(false);
  /** Something was begun on this page: a reload may look for it. */
  const begun = useRef(false);

  const run = useMemo(() => runOf(settings), [settings]);
  const state = session.state.value;
  const held = session.run.value;
  const other = held !== null && state !== 'loading' && !sameRun(held, run);
  /** The run whose curve and step are shown, until another one takes its place. */
  const shown = other ? held : run;
  const drawn = other ? settingsOf(held, settings, held) : settings;
  const floor = useFloor(shown);
  const kept = useKept(run, [held, session.aside.value]);
  /** Nothing was opened on this page yet. */
  const waiting = held === null && session.backend.value === null && state !== 'loading';
  const can = possible(state, session.sampling.value, held !== null);

  // The address is read after hydration: the server knows none.
  useEffect(() => {
    const parsed = parseSettings(new URLSearchParams(location.search));
    setSettings(parsed.settings);
    setProblems(parsed.problems);
    ready.current = true;
    void resume(parsed.settings, parsed.autostart);
    return session.dispose;
  }, []);

  /** A page that was training when it was left goes on; a paused one stands where it stood. */
  const resume = async (wanted: LabSettings, autostart: boolean) => {
    const mark = readMark();
    const same = mark?.query === queryOf(wanted);
    if (autostart || (same && mark?.training)) return session.train(runOf(wanted));
    if (same) await session.bring(runOf(wanted));
  };

  useEffect(() => {
    if (!ready.current) return;
    // Browsers refuse more than about 100 history writes in 30 s: a dragged slider writes once it rests.
    const timer = setTimeout(
      () =>
        history.replaceState(history.state, '', printSettings(settings, new URL(location.href))),
      200,
    );
    return () => clearTimeout(timer);
  }, [settings]);

  useEffect(() => {
    if (state === 'loading') begun.current = true;
    if (!ready.current || !begun.current) return;
    // A reload goes on with what trained or was got ready, never with what the settings were changed to meanwhile.
    const training = state === 'loading' || (state === 'training' && sameRun(held, run));
    writeMark({ query: queryOf(settings), training });
  }, [state, settings, held]);

  // What a file's button has to say is said beside it; a key may have been pressed far from there.
  const said = session.fileNote.value || session.fileTrouble.value;
  useEffect(() => {
    if (said) fileSays.current?.scrollIntoView({ block: 'nearest' });
  }, [said]);

  const replacedBy = session.replacedBy.value;
  useEffect(() => {
    if (replacedBy) setSettings((now) => ({ ...now, dataset: replacedBy }));
  }, [replacedBy]);

  const change = (part: Partial<LabSettings>) => {
    setProblems([]);
    const told: string[] = [];
    const next = part.dataset
      ? switchDataset(settings, part.dataset)
      : reconcile({ ...settings, ...part }, told);
    setSettings(next);
    setProblems(told);
    const wanted = runOf(next);
    if (part.dataset) setEpoch(epoch + 1);
    const moved = next.backend !== settings.backend || next.kernels !== settings.kernels;
    // What is being got ready was asked for with the settings before; what trains is what the worker holds.
    const going = session.state.value === 'loading' ? run : held;
    if (moved || !sameRun(going, wanted)) void session.pause();
  };

  // The target may change at any time, also while the run is being got ready.
  useEffect(() => {
    if (sameRun(held, run)) void session.setTarget(run.steps);
  }, [held, run]);

  const act = {
    train: () => void session.train(run),
    pause: () => void session.pause(),
    step: () => void session.step(run),
    sample: () => void session.sample(shown, (press) => sampleRequestOf(drawn, press)),
    reset: () => {
      writeMark(null);
      void session.reset(run);
    },
    save: () =>
      session.filing(async () => {
        const name = session.run.value && runKey(session.run.value);
        const dataset = session.run.value?.dataset ?? settings.dataset;
        const bytes = await session.trainer.save();
        const step = stepOfFile(bytes);
        const label = { dataset, step, date: new Date().toISOString() };
        const stored = await keepRun(bytes, name ?? dataset, label).then(
          () => true,
          () => false,
        );
        if (!stored) download(bytes, nameOf(label));
        session.fileNote.value = stored
          ? `Saved in this browser at step ${show.count(step)} (${show.bytes(bytes.length)}).`
          : 'This browser’s storage is full or forbidden, so the run was saved as a file: Load opens it again.';
      }),
    export: () =>
      session.filing(async () => {
        const dataset = session.run.value?.dataset ?? settings.dataset;
        const bytes = await session.trainer.export({ page: location.href });
        const step = stepOfFile(bytes);
        download(bytes, `from-noise-${dataset}-${step}.safetensors`);
        session.fileNote.value = `Exported: the averaged weights at step ${show.count(step)} (${show.bytes(bytes.length)}).`;
      }),
    open: () => file.current?.click(),
  };

  const machine = { backend: settings.backend, kernels: settings.kernels };
  const undo = () => void session.undo(machine);
  const load = (bytes: Uint8Array) => session.load(bytes, machine);
  // The worker says what it took up, at once or after the reader took it over from another tab.
  const taken = session.taken.value;
  useEffect(() => {
    if (!taken) return;
    const next = settingsOf(taken.config, settings, taken.run);
    setSettings(next);
    setEpoch(epoch + 1);
    setProblems(
      sameRun(taken.run, runOf(next))
        ? []
        : [
            'This run has settings that the lab cannot show, so a reload will not find it again: use Save to keep it.',
          ],
    );
  }, [taken]);
  const loadFile = (chosen: File | undefined) =>
    chosen &&
    session.filing(async () => {
      if (chosen.size > MOST_BYTES)
        throw new Error(
          `${chosen.name} has ${show.bytes(chosen.size)}; a run of this lab has at most ${show.bytes(MOST_BYTES)}, so it was not read. Choose a .safetensors file that Save or Export made.`,
        );
      await load(new Uint8Array(await chosen.arrayBuffer()));
    });

  const byKey: Record<Key, () => unknown> = {
    T: act.train,
    P: act.pause,
    S: act.step,
    G: act.sample,
    'Shift+R': act.reset,
    W: act.save,
    O: act.open,
    E: act.export,
    L: () => setLog(!log),
    '?': () => setHelpOpen(!helpOpen),
  };
  const needs: Partial<Record<Key, boolean>> = {
    T: can.train,
    P: can.pause,
    S: can.step,
    G: can.sample,
    'Shift+R': can.reset,
    W: can.save,
    E: can.export,
  };
  useKeys(keysOn, (key) => (needs[key] ?? true) && byKey[key]());
  return (
    <div class="lab">
      <section class="lab-data" aria-label="Data and machine">
        <DataPanel settings={settings} onChange={change} />
      </section>
      <div class="lab-bar">
        <Actions state={state} sampling={session.sampling.value} keys={keysOn} {...act} />
      </div>
      <section class="lab-live" aria-label="The run">
        <Messages session={session} problems={problems} onUndo={undo} />
        {other && (
          <p class="note changed" role="status">
            The settings changed: Train {kept ? 'takes up' : 'begins'} another run with them; Sample
            still draws from the one shown here.
            {session.savedAt.value ? ' That one is kept; its settings bring it back.' : ''}
          </p>
        )}
        {(waiting || other) && kept && (
          <p class="note" role="status">
            This browser keeps the run of these settings at step {show.count(kept.step)} (
            {show.date(kept.date)}). Train goes on from there
            {waiting ? '; Reset takes it out and begins again' : ''}.
          </p>
        )}
        <Readout session={session} target={shown.steps} />
        <LossPanel session={session} floor={floor} log={log} onLog={setLog} />
        <h2>Drawn from the same noise, again and again</h2>
        <FilmPanel
          session={session}
          empty="While it trains, the same noise is drawn every few seconds: first mush, then pictures."
        />
        <h2>Your samples</h2>
        <SamplePanel session={session} settings={settings} onChange={change} />
        <Figures session={session} kept={waiting ? kept : null} />
      </section>
      <section class="lab-side" aria-label="Settings">
        <SettingsPanel settings={settings} epoch={epoch} onChange={change} />
        <div class="row files controls">
          <button type="button" class="button small" disabled={!can.save} onClick={act.save}>
            Save
          </button>
          <button type="button" class="button small" onClick={act.open}>
            Load
          </button>
          <button type="button" class="button small" disabled={!can.export} onClick={act.export}>
            Export
          </button>
          <input
            ref={file}
            type="file"
            accept=".safetensors"
            hidden
            onChange={(event) => {
              void loadFile(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </div>
        <div ref={fileSays} class="file-says">
          <Trouble of={session.fileTrouble} />
          <p class="note file-note" role="status">
            {session.fileNote.value}
          </p>
        </div>
        <Shelf session={session} onOpen={load} />
        <details
          class="fold"
          open={helpOpen}
          onToggle={(event) => setHelpOpen(event.currentTarget.open)}
        >
          <summary>Keys</summary>
          <label class="check">
            <input
              type="checkbox"
              checked={keysOn}
              onChange={(event) => setKeysOn(event.currentTarget.checked)}
            />
            Listen to single letters
          </label>
          <dl class="keys">
            {KEYS.map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </details>
      </section>
    </div>
  );
}

/** What stays when the data change: how to compute, and the seed. The rest is what suits the new data. */
function switchDataset(settings: LabSettings, dataset: DatasetName): LabSettings {
  const { backend, kernels, seed, drawn } = settings;
  return { ...defaultSettings(dataset), backend, kernels, seed, drawn };
}

const queryOf = (settings: LabSettings): string =>
  printSettings(settings, new URL('http://lab.invalid/')).search;
