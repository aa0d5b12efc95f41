import { useEffect, useState } from 'preact/hooks';
import type { DatasetName } from '../../lib/data/records.ts';
import {
  defaultSettings,
  type LabSettings,
  type ParsedSettings,
  parseSettings,
  printSettings,
  reconcile,
} from '../trainer/settings.ts';
import { type SharedRun, sharedRuns } from './compare/sharedRuns.ts';
import { OPENING } from './presets.ts';

export interface OwnSettings {
  settings: LabSettings;
  /** What was wrong with them, for the reader. */
  problems: string[];
  /** The runs that the address asks to compare. */
  shared: SharedRun[];
  /** Asks for others. */
  share(runs: SharedRun[]): void;
  /** Rises when all settings change at once: what was typed into a field belongs to the old ones. */
  epoch: number;
  /** The reader's change; gives what comes of it. */
  change(part: Partial<LabSettings>): LabSettings;
  /** All at once, as a file brings them. */
  replace(next: LabSettings, problems: string[]): void;
  /** Other data took the place of those asked for; the rest stays. */
  substitute(dataset: DatasetName): void;
}

/** The lab's settings: as the address has them, as the reader changes them, as a file brings them. */
export function useSettings(onRead: (read: ParsedSettings) => void): OwnSettings {
  const [settings, setSettings] = useState<LabSettings>(OPENING);
  const [problems, setProblems] = useState<string[]>([]);
  const [epoch, setEpoch] = useState(0);
  const [shared, setShared] = useState<SharedRun[]>([]);

  // The address is read after hydration: the server knows none.
  useEffect(() => {
    const params = new URLSearchParams(location.search);
    const compared = sharedRuns(params);
    const read = parseSettings(params, compared.runs[0]?.settings ?? OPENING);
    setShared(compared.runs);
    setSettings(read.settings);
    setProblems([...read.problems, ...compared.problems]);
    onRead(read);
  }, []);

  useEffect(() => {
    // Browsers refuse more than about 100 history writes in 30 s: a dragged slider writes once it rests.
    const timer = setTimeout(
      () =>
        history.replaceState(history.state, '', printSettings(settings, new URL(location.href))),
      200,
    );
    return () => clearTimeout(timer);
  }, [settings]);

  return {
    settings,
    problems,
    epoch,
    shared,
    share: setShared,
    change(part) {
      const told: string[] = [];
      const start = part.dataset ? switchDataset(settings, part.dataset) : settings;
      const next = reconcile({ ...start, ...part }, told);
      setSettings(next);
      setProblems(told);
      if (part.dataset) setEpoch(epoch + 1);
      return next;
    },
    replace(next, told) {
      setSettings(next);
      setProblems(told);
      setEpoch(epoch + 1);
    },
    substitute: (dataset) => setSettings((now) => ({ ...now, dataset })),
  };
}

/** What stays when the data change: how to compute, and the seed. The rest is what suits the new data. */
function switchDataset(settings: LabSettings, dataset: DatasetName): LabSettings {
  const { backend, kernels, seed, drawn } = settings;
  return { ...defaultSettings(dataset), backend, kernels, seed, drawn };
}
