import { MOST_LAYERS } from '../../lib/checkpoint/config.ts';
import { DATASET_NAMES, datasetOf } from '../../lib/data/records.ts';
import { WEIGHTING_NAMES, WEIGHTINGS } from '../../lib/math/objectives/weights.ts';
import type { ScheduleKind } from '../../lib/math/process/schedule.ts';
import { SCHEDULE_KINDS } from '../../lib/math/process/schedule.ts';
import { BACKEND_CHOICES } from '../../lib/tensor/options.ts';
import { MOST_T } from '../../lib/tensor/recipes/diffusion/config.ts';
import { RUN_LIMITS } from '../../lib/tensor/recipes/settings.ts';
import { type Option, Segmented, Select, Toggle } from '../controls/Choice.tsx';
import { hasLabels, levelMenu, networkOf, sidesOf } from '../trainer/dataShape.ts';
import { NumberField } from '../trainer/NumberField.tsx';
import { BASES, type LabSettings, WIDTHS } from '../trainer/settings.ts';
import { useHydrated } from '../trainer/useHydrated.ts';
import { DatasetPanel } from './DatasetPanel.tsx';

interface Props {
  settings: LabSettings;
  onChange: (change: Partial<LabSettings>) => void;
}

/** The menu's numbers, and the present one where a link or a file brought another. */
const withPresent = (menu: readonly number[], present: number, unit = ''): Option<string>[] =>
  [...new Set([...menu, present])].map((n) => ({ value: String(n), label: `${n}${unit}` }));

const options = <T extends string>(labels: Record<T, string>): Option<T>[] =>
  (Object.entries(labels) as [T, string][]).map(([value, label]) => ({ value, label }));

const BACKEND_LABELS: Record<(typeof BACKEND_CHOICES)[number], string> = {
  auto: 'Best available',
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript (cpu)',
};
const SCHEDULE_LABELS: Record<ScheduleKind, string> = {
  linear: 'Linear β',
  cosine: 'Cosine',
  quadratic: 'Quadratic β',
  sigmoidBeta: 'Sigmoid on β',
  sigmoidAlphaBar: 'Sigmoid on ᾱ',
  scaledLinear: 'Scaled linear',
};

/** What to learn, and where to compute. */
export function DataPanel({ settings, onChange }: Props) {
  const asleep = !useHydrated();
  return (
    <div class="settings controls">
      <Select
        label="Dataset"
        value={settings.dataset}
        options={DATASET_NAMES.map((value) => ({ value, label: datasetOf(value).title }))}
        disabled={asleep}
        onChange={(dataset) => onChange({ dataset })}
      />
      <DatasetPanel
        dataset={settings.dataset}
        drawn={settings.drawn}
        onDrawn={(drawn) => onChange({ drawn })}
      />
      {hasLabels(settings.dataset) && (
        <Toggle
          label="Learn the classes too"
          checked={settings.conditional}
          onChange={(conditional) => onChange({ conditional })}
        />
      )}
      <Select
        label="Backend"
        value={settings.backend}
        options={BACKEND_CHOICES.map((value) => ({ value, label: BACKEND_LABELS[value] }))}
        disabled={asleep}
        onChange={(backend) => onChange({ backend })}
      />
    </div>
  );
}

/** How it learns, folded by what it is about. */
export function SettingsPanel({ settings, epoch, onChange }: Props & { epoch: number }) {
  const sides = sidesOf(settings.dataset).slice(0, 3);
  const present = settings.multipliers.join(',');
  const menu = levelMenu(settings.dataset).map((multiples) => multiples.join(','));
  const levels = [...new Set([...menu, present])].map((value) => ({
    value,
    label: value.replaceAll(',', ' · '),
  }));
  return (
    <div class="settings controls">
      <details class="fold" open>
        <summary>What it predicts</summary>
        <Segmented
          label="Prediction"
          value={settings.prediction}
          options={options({ epsilon: 'ε', x0: 'x₀', v: 'v' })}
          onChange={(prediction) => onChange({ prediction })}
        />
        <div class="pair">
          <Select
            label="Schedule"
            value={settings.schedule}
            options={SCHEDULE_KINDS.map((value) => ({ value, label: SCHEDULE_LABELS[value] }))}
            onChange={(schedule) => onChange({ schedule })}
          />
          <NumberField
            epoch={epoch}
            label="Noise levels T"
            value={settings.T}
            min={2}
            max={MOST_T}
            integer
            onChange={(T) => onChange({ T })}
          />
        </div>
        <Select
          label="Weight of each t"
          value={settings.weighting}
          options={WEIGHTINGS.map((value) => ({ value, label: WEIGHTING_NAMES[value] }))}
          onChange={(weighting) => onChange({ weighting })}
        />
      </details>
      <details class="fold">
        <summary>Network</summary>
        {networkOf(settings.dataset) === 'mlp' ? (
          <div class="pair">
            <Select
              label="Width"
              value={String(settings.width)}
              options={withPresent(WIDTHS, settings.width)}
              onChange={(width) => onChange({ width: Number(width) })}
            />
            <NumberField
              epoch={epoch}
              label="Layers"
              value={settings.layers}
              min={1}
              max={MOST_LAYERS}
              integer
              onChange={(layers) => onChange({ layers })}
            />
          </div>
        ) : (
          <div class="pair">
            <Select
              label="Width"
              value={String(settings.base)}
              options={withPresent(BASES, settings.base, ' channels')}
              onChange={(base) => onChange({ base: Number(base) })}
            />
            <Select
              label={`Levels (${sides.map((n) => (sides[0] > 2 ? `${n}²` : `${n}×${n}`)).join(', ')})`}
              value={present}
              options={levels}
              onChange={(text) => onChange({ multipliers: text.split(',').map(Number) })}
            />
          </div>
        )}
      </details>
      <details class="fold" open>
        <summary>How it learns</summary>
        <div class="pair">
          <NumberField
            epoch={epoch}
            label="Target"
            value={settings.steps}
            min={RUN_LIMITS.steps[0]}
            max={RUN_LIMITS.steps[1]}
            integer
            hint="steps; 0: until paused"
            onChange={(steps) => onChange({ steps })}
          />
          <NumberField
            epoch={epoch}
            label="Seed"
            value={settings.seed}
            min={RUN_LIMITS.seed[0]}
            max={RUN_LIMITS.seed[1]}
            integer
            onChange={(seed) => onChange({ seed })}
          />
          <NumberField
            epoch={epoch}
            label="Learning rate"
            value={settings.lr}
            min={RUN_LIMITS.learningRate[0]}
            max={RUN_LIMITS.learningRate[1]}
            onChange={(lr) => onChange({ lr })}
          />
          <NumberField
            epoch={epoch}
            label="Batch"
            value={settings.batch}
            min={RUN_LIMITS.batchSize[0]}
            max={RUN_LIMITS.batchSize[1]}
            integer
            onChange={(batch) => onChange({ batch })}
          />
          <NumberField
            epoch={epoch}
            label="EMA decay"
            value={settings.ema}
            min={RUN_LIMITS.emaDecay[0]}
            max={RUN_LIMITS.emaDecay[1]}
            onChange={(ema) => onChange({ ema })}
          />
          <Select
            label="Kernels"
            value={settings.kernels}
            options={options({ ours: 'Ours, where there are', stock: 'Stock TensorFlow.js' })}
            onChange={(kernels) => onChange({ kernels })}
          />
        </div>
      </details>
    </div>
  );
}
