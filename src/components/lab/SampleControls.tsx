import { Segmented, Select, Toggle } from '../controls/Choice.tsx';
import { Slider } from '../controls/Slider.tsx';
import { FILM_SEED, MOST_SEED } from './freshNoise.ts';
import { NumberField } from './NumberField.tsx';
import type { LabSettings } from './settings.ts';

/** How to draw from a network. */
export type SampleSettings = Pick<
  LabSettings,
  'sampler' | 'variance' | 'eta' | 'sampleSteps' | 'sampleSeed' | 'clip' | 'label' | 'guidance'
>;

interface Props {
  settings: SampleSettings;
  /** Steps of the chain: the most that can be taken. */
  T: number;
  /** Names of the classes, where there are any. */
  classes?: readonly string[];
  onChange: (change: Partial<SampleSettings>) => void;
  hideClip?: boolean;
  /** Where the noise may also be fresh at each press: the seed of the last drawing, to fix it. */
  fresh?: { last?: number };
}

export function SampleControls({ settings, T, classes, onChange, hideClip, fresh }: Props) {
  return (
    <div class="row controls sample-controls">
      <Segmented
        label="Sampler"
        value={settings.sampler}
        options={[
          { value: 'ddim', label: 'DDIM' },
          { value: 'ddpm', label: 'DDPM' },
        ]}
        onChange={(sampler) => onChange({ sampler })}
      />
      {settings.sampler === 'ddim' ? (
        <Slider
          label="η"
          value={settings.eta}
          min={0}
          max={1}
          step={0.05}
          format={(v) => v.toFixed(2)}
          onInput={(eta) => onChange({ eta })}
        />
      ) : (
        <Segmented
          label="Variance σ²"
          value={settings.variance}
          options={[
            { value: 'betaTilde', label: 'β̃' },
            { value: 'beta', label: 'β' },
          ]}
          onChange={(variance) => onChange({ variance })}
        />
      )}
      <Slider
        label="Evaluations"
        value={Math.min(settings.sampleSteps, T)}
        min={1}
        max={T}
        log
        onInput={(sampleSteps) => onChange({ sampleSteps })}
      />
      {fresh && (
        <Toggle
          label="Fresh noise at each press"
          checked={settings.sampleSeed === null}
          onChange={(on) => onChange({ sampleSeed: on ? null : (fresh.last ?? FILM_SEED) })}
        />
      )}
      {settings.sampleSeed !== null && (
        <NumberField
          label="Seed of the noise"
          value={settings.sampleSeed}
          min={0}
          max={MOST_SEED}
          integer
          onChange={(sampleSeed) => onChange({ sampleSeed })}
        />
      )}
      {!hideClip && (
        <Toggle label="Clip x̂₀" checked={settings.clip} onChange={(clip) => onChange({ clip })} />
      )}
      {classes && (
        <>
          <Select
            label="Class"
            value={String(settings.label)}
            options={[
              { value: '-1', label: 'All ten in turn' },
              ...classes.map((label, i) => ({ value: String(i), label })),
            ]}
            onChange={(label) => onChange({ label: Number(label) })}
          />
          <Slider
            label="Guidance"
            value={settings.guidance}
            min={0}
            max={6}
            step={0.25}
            format={(v) => v.toFixed(2)}
            onInput={(guidance) => onChange({ guidance })}
          />
        </>
      )}
    </div>
  );
}
