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
import { Helped } from './Help.tsx';
import { NumberField } from './NumberField.tsx';
import type { SamplerSettings } from './samplerSettings.ts';
import type { LabSettings } from './settings.ts';
import { en } from './words.ts';

const say = en.draw;

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
        <Helped of="sampler" label={say.sampler}>
          <Select
            label={say.sampler}
            value={settings.sampler}
            options={CHOICES}
            onChange={(value) => onChange({ sampler: value })}
          />
        </Helped>
        {Object.entries<Parameter>(parameters).map(([name, parameter]) => (
          <ParameterControl
            key={name}
            parameter={parameter}
            value={settings[name as keyof SamplerValues]}
            onChange={(value) => onChange({ [name]: value })}
          />
        ))}
        <Helped of="evaluations" label={say.evaluations}>
          <Slider
            label={say.evaluations}
            value={Math.min(settings.sampleSteps, T)}
            min={1}
            max={T}
            log
            format={(steps) => String(evaluationsOf(settings, steps))}
            onInput={(sampleSteps) => onChange({ sampleSteps })}
          />
        </Helped>
        {fresh && (
          <Helped of="fresh" label={say.fresh}>
            <Toggle
              label={say.fresh}
              checked={settings.sampleSeed === null}
              onChange={(on) => onChange({ sampleSeed: on ? null : (fresh.last ?? FILM_SEED) })}
            />
          </Helped>
        )}
        {settings.sampleSeed !== null && (
          <NumberField
            label={say.seed}
            value={settings.sampleSeed}
            min={0}
            max={MOST_SEED}
            integer
            onChange={(sampleSeed) => onChange({ sampleSeed })}
          />
        )}
        {!hideClip && (
          <Helped of="clip" label={say.clip}>
            <Toggle
              label={say.clip}
              checked={settings.clip}
              onChange={(clip) => onChange({ clip })}
            />
          </Helped>
        )}
        {classes && (
          <>
            <Helped of="label" label={say.label}>
              <Select
                label={say.label}
                value={String(settings.label)}
                options={[
                  { value: '-1', label: say.all(show.amount(classes.length)) },
                  ...classes.map((label, i) => ({ value: String(i), label })),
                ]}
                onChange={(label) => onChange({ label: Number(label) })}
              />
            </Helped>
            <Helped of="guidance" label={say.guidance}>
              <Slider
                label={say.guidance}
                value={settings.guidance}
                min={0}
                max={6}
                step={0.25}
                format={(v) => v.toFixed(2)}
                onInput={(guidance) => onChange({ guidance })}
              />
            </Helped>
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
