import { useEffect, useMemo } from 'preact/hooks';
import type { RunConfig } from '../../lib/tensor/recipes/diffusion/run.ts';
import { runOf, settingsOf } from '../trainer/runConfig.ts';
import { type Session, sameRun } from '../trainer/session.ts';
import type { LabSettings } from '../trainer/settings.ts';
import type { OwnSettings } from './useSettings.ts';

export interface LabRun {
  /** The run of the present settings. */
  run: RunConfig;
  /** What the worker holds is another one. */
  other: boolean;
  /** The run whose curve and step are shown, until another one takes its place; and its settings. */
  shown: RunConfig;
  drawn: LabSettings;
  /** The reader's change: what it does not fit stops. */
  change(part: Partial<LabSettings>): void;
}

/** Settings and run follow one another: a change stops the run it does not fit, and what the worker took up sets the settings. */
export function useRun(session: Session, own: OwnSettings, unshown: string): LabRun {
  const { settings } = own;
  const run = useMemo(() => runOf(settings), [settings]);
  const held = session.run.value;
  const other = held !== null && session.state.value !== 'loading' && !sameRun(held, run);

  const replacedBy = session.replacedBy.value;
  useEffect(() => {
    if (replacedBy) own.substitute(replacedBy);
  }, [replacedBy]);

  // The target may change at any time, also while the run is being got ready.
  useEffect(() => {
    if (sameRun(held, run)) void session.setTarget(run.steps);
  }, [held, run]);

  // The worker says what it took up, at once or after the reader took it over from another tab.
  const taken = session.taken.value;
  useEffect(() => {
    if (!taken) return;
    const next = settingsOf(taken.config, settings, taken.run);
    own.replace(next, sameRun(taken.run, runOf(next)) ? [] : [unshown]);
  }, [taken]);

  return {
    run,
    other,
    shown: other ? held : run,
    drawn: other ? settingsOf(held, settings, held) : settings,
    change(part) {
      const next = own.change(part);
      const moved = next.backend !== settings.backend || next.kernels !== settings.kernels;
      // What is being got ready was asked for with the settings before; what trains is what the worker holds.
      const going = session.state.value === 'loading' ? run : held;
      if (moved || !sameRun(going, runOf(next))) void session.pause();
    },
  };
}
