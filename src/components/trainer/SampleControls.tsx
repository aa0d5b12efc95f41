import type { Parameter } from '../../lib/math/samplers/program.ts';
import {
  evaluationsOf,
  SAMPLER_NAMES,
  SAMPLERS,
  type SamplerValues,
} from '../../lib/math/samplers/record.ts';
import { Segmented, Select, Toggle } from '../controls/Choice.tsx';
import { Slider } from '../controls/Slider.tsx';
import * as show from './format.ts';
import { FILM_SEED, MOST_SEED } from './freshNoise.ts';
import { NumberField } from './NumberField.tsx';
import type { SamplerSettings } from './samplerSettings.ts';
import type { LabSettings } from './settings.ts';

/** How to draw from a network. */
export type SampleSettings = SamplerSettings &
  Pick<LabSettings, 'sampleSteps' | 'sampleSeed' | 'clip' | 'label' | 'guidance'>;

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

/** The label of each sampler, in the order of the record. */
const CHOICES = SAMPLER_NAMES.map((value) => ({ value, label: SAMPLERS[value].label }));

export function SampleControls({ settings, T, classes, onChange, hideClip, fresh }: Props) {
  const { parameters, about } = SAMPLERS[settings.sampler];
  return (
    <>
      <div class="row controls sample-controls">
        <Select
          label="Sampler"
          value={settings.sampler}
          options={CHOICES}
          onChange={(value) => onChange({ sampler: value })}
        />
        {Object.entries<Parameter>(parameters).map(([name, parameter]) => (
          <ParameterControl
            key={name}
            parameter={parameter}
            value={settings[name as keyof SamplerValues]}
            onChange={(value) => onChange({ [name]: value })}
          />
        ))}
        <Slider
          label="Evaluations"
          value={Math.min(settings.sampleSteps, T)}
          min={1}
          max={T}
          log
          format={(steps) => String(evaluationsOf(settings, steps))}
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
                { value: '-1', label: `All ${show.amount(classes.length)} in turn` },
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
      <p class="note">{about}</p>
    </>
  );
}

interface ParameterProps {
  parameter: Parameter;
  value: string | number;
  onChange: (value: string | number) => void;
}

function ParameterControl({ parameter, value, onChange }: ParameterProps) {
  if ('choices' in parameter)
    return (
      <Segmented
        label={parameter.label}
        value={String(value)}
        options={Object.entries(parameter.choices).map(([of, label]) => ({ value: of, label }))}
        onChange={onChange}
      />
    );
  const { label, from, to, step } = parameter;
  const digits = String(step).split('.')[1]?.length ?? 0;
  return (
    <Slider
      label={label}
      value={Number(value)}
      min={from}
      max={to}
      step={step}
      format={(v) => v.toFixed(digits)}
      onInput={onChange}
    />
  );
}
