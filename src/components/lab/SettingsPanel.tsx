import { MOST_LAYERS } from '../../lib/checkpoint/config.ts';
import { DATASET_NAMES, datasetOf } from '../../lib/data/records.ts';
import { isOnPath, OBJECTIVES } from '../../lib/math/objectives/record.ts';
import { SCHEDULE_KINDS } from '../../lib/math/process/schedule.ts';
import { BACKEND_CHOICES } from '../../lib/tensor/options.ts';
import { MOST_T } from '../../lib/tensor/recipes/diffusion/config.ts';
import { RUN_LIMITS } from '../../lib/tensor/recipes/settings.ts';
import { type Option, Segmented, Select, Toggle } from '../controls/Choice.tsx';
import { hasLabels, levelMenu, networkOf, objectivesOf, sidesOf } from '../trainer/dataShape.ts';
import { Helped } from '../trainer/Help.tsx';
import { NumberField } from '../trainer/NumberField.tsx';
import { BASES, type LabSettings, WIDTHS } from '../trainer/settings.ts';
import { useHydrated } from '../trainer/useHydrated.ts';
import { DatasetPanel } from './DatasetPanel.tsx';
import type { LabWords } from './words.ts';

interface Props {
  words: LabWords['settings'];
  settings: LabSettings;
  onChange: (change: Partial<LabSettings>) => void;
}

/** The menu's numbers, and the present one where a link or a file brought another. */
const withPresent = (menu: readonly number[], present: number, unit = ''): Option<string>[] =>
  [...new Set([...menu, present])].map((n) => ({ value: String(n), label: `${n}${unit}` }));

const options = <T extends string>(labels: Record<T, string>): Option<T>[] =>
  (Object.entries(labels) as [T, string][]).map(([value, label]) => ({ value, label }));

/** What to learn, and where to compute. */
export function DataPanel({ words: say, settings, onChange }: Props) {
  const asleep = !useHydrated();
  return (
    <div class="settings controls">
      <Helped of="dataset" label={say.dataset}>
        <Select
          label={say.dataset}
          value={settings.dataset}
          options={DATASET_NAMES.map((value) => ({ value, label: datasetOf(value).title }))}
          disabled={asleep}
          onChange={(dataset) => onChange({ dataset })}
        />
      </Helped>
      <DatasetPanel
        words={say.data}
        dataset={settings.dataset}
        drawn={settings.drawn}
        onDrawn={(drawn) => onChange({ drawn })}
      />
      {hasLabels(settings.dataset) && (
        <Helped of="conditional" label={say.conditional}>
          <Toggle
            label={say.conditional}
            checked={settings.conditional}
            onChange={(conditional) => onChange({ conditional })}
          />
        </Helped>
      )}
      <Helped of="backend" label={say.backend}>
        <Select
          label={say.backend}
          value={settings.backend}
          options={BACKEND_CHOICES.map((value) => ({ value, label: say.backends[value] }))}
          disabled={asleep}
          onChange={(backend) => onChange({ backend })}
        />
      </Helped>
    </div>
  );
}

/** A number of the settings, with its help: its name here, in the settings and in the help is one. */
function Field({
  of,
  say,
  value,
  limits,
  integer,
  hint,
  epoch,
  onChange,
}: {
  of: 'T' | 'layers' | 'steps' | 'seed' | 'lr' | 'batch' | 'ema';
  say: LabWords['settings'];
  value: number;
  limits: readonly [number, number];
  integer?: boolean;
  hint?: string;
  epoch: number;
  onChange: (change: Partial<LabSettings>) => void;
}) {
  return (
    <Helped of={of} label={say[of]}>
      <NumberField
        epoch={epoch}
        label={say[of]}
        value={value}
        min={limits[0]}
        max={limits[1]}
        integer={integer}
        hint={hint}
        onChange={(next) => onChange({ [of]: next })}
      />
    </Helped>
  );
}

/** How it learns, folded by what it is about. */
export function SettingsPanel({
  words: say,
  settings,
  epoch,
  onChange,
}: Props & { epoch: number }) {
  const field = { say, epoch, onChange };
  return (
    <div class="settings controls">
      <details class="fold" open>
        <summary>{say.predicts}</summary>
        <Helped of="prediction" label={say.prediction}>
          <Segmented
            label={say.prediction}
            value={settings.prediction}
            options={options(say.predictions)}
            onChange={(prediction) => onChange({ prediction })}
          />
        </Helped>
        <div class="pair">
          <Helped of="schedule" label={say.schedule}>
            <Select
              label={say.schedule}
              value={settings.schedule}
              options={SCHEDULE_KINDS.map((value) => ({ value, label: say.schedules[value] }))}
              onChange={(schedule) => onChange({ schedule })}
            />
          </Helped>
          <Field {...field} of="T" value={settings.T} limits={[2, MOST_T]} integer />
        </div>
        <Helped of="weighting" label={say.weighting}>
          <Select
            label={say.weighting}
            value={settings.weighting}
            options={objectivesOf(settings.dataset).map((value) => ({
              value,
              label: OBJECTIVES[value].label,
            }))}
            onChange={(weighting) => onChange({ weighting })}
          />
        </Helped>
        {isOnPath(settings.weighting) && <p class="note">{say.onPath}</p>}
      </details>
      <details class="fold">
        <summary>{say.network}</summary>
        <NetworkFields {...field} settings={settings} />
      </details>
      <details class="fold" open>
        <summary>{say.learns}</summary>
        <div class="pair">
          <Field
            {...field}
            of="steps"
            value={settings.steps}
            limits={RUN_LIMITS.steps}
            integer
            hint={say.stepsHint}
          />
          <Field {...field} of="seed" value={settings.seed} limits={RUN_LIMITS.seed} integer />
          <Field {...field} of="lr" value={settings.lr} limits={RUN_LIMITS.learningRate} />
          <Field
            {...field}
            of="batch"
            value={settings.batch}
            limits={RUN_LIMITS.batchSize}
            integer
          />
          <Field {...field} of="ema" value={settings.ema} limits={RUN_LIMITS.emaDecay} />
          <Helped of="kernels" label={say.kernels}>
            <Select
              label={say.kernels}
              value={settings.kernels}
              options={options(say.kernelChoices)}
              onChange={(kernels) => onChange({ kernels })}
            />
          </Helped>
        </div>
      </details>
    </div>
  );
}

/** The size of the network that suits the data. */
function NetworkFields({
  say,
  settings,
  epoch,
  onChange,
}: Omit<Props, 'words'> & { say: LabWords['settings']; epoch: number }) {
  if (networkOf(settings.dataset) === 'mlp')
    return (
      <div class="pair">
        <Helped of="width" label={say.width}>
          <Select
            label={say.width}
            value={String(settings.width)}
            options={withPresent(WIDTHS, settings.width)}
            onChange={(width) => onChange({ width: Number(width) })}
          />
        </Helped>
        <Field
          {...{ say, epoch, onChange }}
          of="layers"
          value={settings.layers}
          limits={[1, MOST_LAYERS]}
          integer
        />
      </div>
    );
  const sides = sidesOf(settings.dataset).slice(0, 3);
  const present = settings.multipliers.join(',');
  const menu = levelMenu(settings.dataset).map((multiples) => multiples.join(','));
  const levels = [...new Set([...menu, present])].map((value) => ({
    value,
    label: value.replaceAll(',', ' · '),
  }));
  const label = say.levels(sides.map((n) => (sides[0] > 2 ? `${n}²` : `${n}×${n}`)).join(', '));
  return (
    <div class="pair">
      <Helped of="width" label={say.width}>
        <Select
          label={say.width}
          value={String(settings.base)}
          options={withPresent(BASES, settings.base, say.channels)}
          onChange={(base) => onChange({ base: Number(base) })}
        />
      </Helped>
      <Helped of="levels" label={label}>
        <Select
          label={label}
          value={present}
          options={levels}
          onChange={(text) => onChange({ multipliers: text.split(',').map(Number) })}
        />
      </Helped>
    </div>
  );
}
