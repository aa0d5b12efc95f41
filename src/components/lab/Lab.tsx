import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { DatasetName } from '../../lib/data/dataset.ts';
import { Actions } from './Actions.tsx';
import { FilmPanel } from './FilmPanel.tsx';
import {
  download,
  type KeptRun,
  keepRun,
  keptRun,
  MOST_BYTES,
  readMark,
  writeMark,
} from './files.ts';
import * as show from './format.ts';
import { KEYS, type Key, useKeys } from './keys.ts';
import { LossPanel } from './LossPanel.tsx';
import { Messages } from './Messages.tsx';
import { Figures, Readout } from './Readout.tsx';
import { runOf, sampleRequestOf, settingsOf } from './runConfig.ts';
import { SamplePanel } from './SamplePanel.tsx';
import { DataPanel, SettingsPanel } from './SettingsPanel.tsx';
import { createSession, sameRun } from './session.ts';
import {
  defaultSettings,
  type LabSettings,
  parseSettings,
  printSettings,
  reconcile,
} from './settings.ts';
import { useFloor } from './useFloor.ts';

/** The full trainer: settings on one side, what comes of them on the other. */
export default function Lab() {
  // Its own setting says where to compute; the address only follows it.
  const session = useMemo(() => createSession({ backend: 'auto' }), []);
  const [settings, setSettings] = useState<LabSettings>(() => defaultSettings('all16'));
  const [problems, setProblems] = useState<string[]>([]);
  const [log, setLog] = useState(false);
  const [keysOn, setKeysOn] = useState(true);
  const [helpOpen, setHelpOpen] = useState(false);
  const [kept, setKept] = useState<KeptRun | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const ready = useRef(false);

  const run = useMemo(() => runOf(settings), [settings]);
  const floor = useFloor(run);
  const state = session.state.value;
  const other = session.run.value !== null && !sameRun(session.run.value, run);

  // The address is read after hydration: the server knows none.
  useEffect(() => {
    const parsed = parseSettings(new URLSearchParams(location.search));
    setSettings(parsed.settings);
    setProblems(parsed.problems);
    ready.current = true;
    keptRun().then(
      (found) => found && setKept(found),
      () => {},
    );
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
    if (!ready.current || !session.run.value) return;
    writeMark({ query: queryOf(settings), training: state === 'training' || state === 'loading' });
  }, [state, settings]);

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
    if (sameRun(session.run.value, wanted)) {
      if (part.steps !== undefined)
        void session.attempt(() => session.trainer.setHyper({ steps: part.steps }));
    } else if (session.state.value === 'training') void session.pause();
  };

  const act = {
    train: () => void session.train(run),
    pause: () => void session.pause(),
    step: () => void session.step(run),
    sample: () => void session.sample(run, (press) => sampleRequestOf(settings, press)),
    reset: () => {
      writeMark(null);
      void session.reset(run);
    },
    save: () =>
      session.attempt(async () => {
        const bytes = await session.trainer.save();
        const step = session.stats.value?.step ?? 0;
        const record = { bytes, dataset: settings.dataset, step, date: new Date().toISOString() };
        const stored = await keepRun(record).then(
          () => true,
          () => false,
        );
        if (stored) setKept(record);
        else download(bytes, nameOf(record));
        session.note.value = stored
          ? `Saved in this browser at step ${show.count(step)} (${show.bytes(bytes.length)}).`
          : 'This browser’s storage is full or forbidden, so the run was saved as a file: Load opens it again.';
      }),
    export: () =>
      session.attempt(async () => {
        const bytes = await session.trainer.export({ page: location.href });
        const step = session.stats.value?.step ?? 0;
        download(bytes, `from-noise-${settings.dataset}-${step}.safetensors`);
        session.note.value = `Exported: the averaged weights at step ${show.count(step)} (${show.bytes(bytes.length)}).`;
      }),
    open: () => file.current?.click(),
  };

  const load = async (bytes: Uint8Array) => {
    const loaded = await session.load(bytes);
    if (!loaded) return;
    const next = settingsOf(loaded.config, settings, loaded.run);
    setSettings(next);
    session.run.value = runOf(next);
  };
  const loadFile = (chosen: File | undefined) =>
    chosen &&
    session.attempt(async () => {
      if (chosen.size > MOST_BYTES)
        throw new Error(
          `${chosen.name} has ${show.bytes(chosen.size)}; a run of this lab is far smaller, so it was not read. Choose a .safetensors file that Save or Export made.`,
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
  useKeys(keysOn, (key) => byKey[key]());

  const loaded = session.run.value !== null && state !== 'loading';
  return (
    <div class="lab">
      <section class="lab-data" aria-label="Data and machine">
        <DataPanel settings={settings} onChange={change} />
      </section>
      <div class="lab-bar">
        <Actions state={state} sampling={session.sampling.value} keys={keysOn} {...act} />
      </div>
      <section class="lab-live" aria-label="The run">
        <Messages session={session} problems={problems} />
        {other && (
          <p class="note changed" role="status">
            The settings changed: Train begins another run with them. The one shown here is kept;
            its settings bring it back.
          </p>
        )}
        <Readout session={session} target={settings.steps} />
        <LossPanel session={session} floor={floor} log={log} onLog={setLog} />
        <h2>Drawn from the same noise, again and again</h2>
        <FilmPanel
          session={session}
          empty="While it trains, the same noise is drawn every few seconds: first mush, then pictures."
        />
        <h2>Your samples</h2>
        <SamplePanel session={session} settings={settings} onChange={change} />
        <Figures session={session} />
      </section>
      <section class="lab-side" aria-label="Settings">
        <SettingsPanel settings={settings} onChange={change} />
        <div class="row files controls">
          <button type="button" class="button small" disabled={!loaded} onClick={act.save}>
            Save
          </button>
          <button type="button" class="button small" onClick={act.open}>
            Load
          </button>
          <button type="button" class="button small" disabled={!loaded} onClick={act.export}>
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
        {kept && (
          <p class="note">
            Kept here: {kept.dataset} at step {show.count(kept.step)}.{' '}
            <button type="button" class="link" onClick={() => load(kept.bytes)}>
              Open it
            </button>{' '}
            ·{' '}
            <button
              type="button"
              class="link"
              onClick={() => download(Uint8Array.from(kept.bytes), nameOf(kept))}
            >
              Get the file
            </button>
          </p>
        )}
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

const nameOf = (kept: KeptRun): string => `from-noise-run-${kept.dataset}-${kept.step}.safetensors`;
