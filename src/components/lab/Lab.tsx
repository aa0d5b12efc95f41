import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { runKey } from '../../lib/tensor/recipes/diffusion/run.ts';
import { Actions, possible } from '../trainer/Actions.tsx';
import { FilmPanel } from '../trainer/FilmPanel.tsx';
import { noMeasure } from '../trainer/floor.ts';
import { goodLoss } from '../trainer/goodLoss.ts';
import { HelpContext } from '../trainer/Help.tsx';
import { LossPanel } from '../trainer/LossPanel.tsx';
import { Messages } from '../trainer/Messages.tsx';
import { Figures, Readout } from '../trainer/Readout.tsx';
import { sampleRequestOf } from '../trainer/runConfig.ts';
import { createSession } from '../trainer/session.ts';
import { printSettings } from '../trainer/settings.ts';
import { useFloor } from '../trainer/useFloor.ts';
import { CopyLink } from './CopyLink.tsx';
import { ComparePanel } from './compare/ComparePanel.tsx';
import { linkOf, type SharedRun } from './compare/sharedRuns.ts';
import { FilePanel } from './FilePanel.tsx';
import { fileCommands } from './fileCommands.ts';
import { KeysPanel } from './KeysPanel.tsx';
import { type Key, useKeys } from './keys.ts';
import { NextSteps } from './NextSteps.tsx';
import { PresetBar } from './PresetBar.tsx';
import { COMPARISON } from './presets.ts';
import { RunNotes } from './RunNotes.tsx';
import { forgetMark, resume, useMark } from './reload.ts';
import { SamplePanel } from './SamplePanel.tsx';
import { DataPanel, SettingsPanel } from './SettingsPanel.tsx';
import { useAnnounced, useKept } from './useKept.ts';
import { useRun } from './useRun.ts';
import { useSettings } from './useSettings.ts';
import type { LabWords } from './words.ts';

/** The full trainer: settings on one side, what comes of them on the other. */
export default function Lab({ words: say }: { words: LabWords }) {
  // Its own setting says where to compute; the address only follows it.
  const session = useMemo(() => createSession({ backend: 'auto' }), []);
  useEffect(() => session.dispose, []);
  const own = useSettings((read) => void resume(session, read));
  const { settings, problems, epoch } = own;
  useMark(session, settings);
  const { run, other, shown, drawn, change } = useRun(session, own, say.files.unshown);
  const [log, setLog] = useState(false);
  const [keysOn, setKeysOn] = useState(true);
  const [helpOpen, setHelpOpen] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);

  const state = session.state.value;
  const held = session.run.value;
  const floor = useFloor(shown);
  useAnnounced(session);
  const kept = useKept(run, [held, session.aside.value]);
  /** Nothing was opened on this page yet. */
  const waiting = held === null && session.backend.value === null && state !== 'loading';
  /** Another tab took the run of these settings over. */
  const lost = session.savedAt.value?.elsewhere === runKey(run);
  const can = possible(state, session.sampling.value, held !== null);

  const act = {
    train: () => void session.train(run),
    pause: () => void session.pause(),
    step: () => void session.step(run),
    sample: () => void session.sample(shown, (press) => sampleRequestOf(drawn, press)),
    reset: () => {
      forgetMark();
      void session.reset(run);
    },
  };
  const toCompare = () =>
    // After the panel is there.
    requestAnimationFrame(() => document.getElementById('compare')?.scrollIntoView());
  /** Runs to compare, or none, in the address too. */
  const share = (runs: SharedRun[]) => {
    own.share(runs);
    const url = new URL(location.href);
    url.searchParams.delete('run');
    for (const text of linkOf(runs, url).searchParams.getAll('run'))
      url.searchParams.append('run', text);
    history.replaceState(history.state, '', url);
  };
  const machine = { backend: settings.backend, kernels: settings.kernels };
  const files = fileCommands(say.files, session, machine, settings.dataset);
  const byKey: Record<Key, [act: () => unknown, can?: boolean]> = {
    T: [act.train, can.train],
    P: [act.pause, can.pause],
    S: [act.step, can.step],
    G: [act.sample, can.sample],
    'Shift+R': [act.reset, can.reset],
    W: [files.save, can.save],
    O: [() => chooser.current?.click()],
    E: [files.export, can.export],
    L: [() => setLog(!log)],
    '?': [() => setHelpOpen(!helpOpen)],
  };
  useKeys(keysOn, (key) => {
    const [go, now = true] = byKey[key];
    if (now) go();
  });
  return (
    <HelpContext.Provider value={true}>
      <div class="lab">
        <div class="lab-start">
          <PresetBar
            words={say.presets}
            settings={settings}
            comparing={own.shared.length > 0}
            onChoose={(preset) => {
              share([]);
              change({ ...preset, ...machine });
            }}
            onCompare={() => {
              share(COMPARISON);
              change({ ...COMPARISON[0].settings, ...machine });
              toCompare();
            }}
          />
          <CopyLink
            {...say.link}
            address={() => printSettings(settings, new URL(location.href)).href}
          />
        </div>
        <div class="lab-bar">
          <Actions state={state} sampling={session.sampling.value} keys={keysOn} {...act} />
        </div>
        <section class="lab-live" aria-label={say.sections.run}>
          <Messages
            session={session}
            problems={problems}
            onUndo={() => void session.undo(machine)}
          />
          <RunNotes
            words={say.notes}
            session={session}
            other={other}
            waiting={waiting}
            kept={kept}
          />
          <Readout session={session} target={shown.steps} />
          <div class="watch">
            <div>
              <h2>{say.sections.film}</h2>
              <FilmPanel session={session} empty={say.sections.filmEmpty} />
            </div>
            <div>
              <h2>{say.sections.loss}</h2>
              <LossPanel
                session={session}
                floor={floor}
                good={goodLoss(shown)}
                noFloor={noMeasure(shown)}
                title=""
                log={log}
                onLog={setLog}
              />
            </div>
          </div>
          <NextSteps
            words={say.next}
            session={session}
            drawn={drawn}
            onChange={change}
            sample={(request) => void session.sample(shown, request)}
            onExport={files.export}
            onCompare={toCompare}
          />
          <h2 id="samples">{say.sections.samples}</h2>
          <SamplePanel
            words={say.samples}
            session={session}
            settings={settings}
            drawn={shown.dataset}
            onChange={change}
          />
          <ComparePanel
            words={say}
            session={session}
            drawn={drawn}
            canKeep={can.save}
            shared={own.shared}
            backend={settings.backend}
            onShow={(next) => change({ ...next, ...machine })}
          />
          <Figures session={session} kept={waiting || lost ? kept : null} />
        </section>
        <section class="lab-data" aria-label={say.sections.data}>
          <DataPanel words={say.settings} settings={settings} onChange={change} />
        </section>
        <section class="lab-side" aria-label={say.sections.settings}>
          <SettingsPanel words={say.settings} settings={settings} epoch={epoch} onChange={change} />
          <FilePanel
            words={say.files}
            session={session}
            files={files}
            can={can}
            chooser={chooser}
          />
          <KeysPanel
            words={say.keys}
            on={keysOn}
            onSwitch={setKeysOn}
            open={helpOpen}
            onFold={setHelpOpen}
          />
        </section>
      </div>
    </HelpContext.Provider>
  );
}
