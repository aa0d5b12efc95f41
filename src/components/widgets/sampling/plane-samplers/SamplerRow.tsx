import type { Parameter } from '../../../../lib/math/samplers/program.ts';
import {
  evaluationsOf,
  SAMPLER_NAMES,
  SAMPLERS,
  type SamplerValues,
} from '../../../../lib/math/samplers/record.ts';
import { Segmented, Select } from '../../../controls/Choice.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import type { SamplerSettings } from '../../../trainer/samplerSettings.ts';
import { T } from '../../plane/planeState.ts';
import type { PlaneSamplersWords } from './words.ts';

interface Props {
  settings: SamplerSettings;
  steps: number;
  onChange: (change: Partial<SamplerSettings & { steps: number }>) => void;
  words: PlaneSamplersWords;
}

/** The sampler, its own settings, and how often it asks. */
export function SamplerRow({ settings, steps, onChange, words: say }: Props) {
  const parameters = Object.entries<Parameter>(SAMPLERS[settings.sampler].parameters);
  return (
    <>
      <Select
        label={say.sampler}
        value={settings.sampler}
        options={SAMPLER_NAMES.map((value) => ({ value, label: SAMPLERS[value].label }))}
        onChange={(sampler) => onChange({ sampler })}
      />
      {parameters.map(([name, parameter]) => {
        const value = settings[name as keyof SamplerValues];
        return 'choices' in parameter ? (
          <Segmented
            key={name}
            label={parameter.label}
            value={String(value)}
            options={Object.entries(parameter.choices).map(([of, label]) => ({ value: of, label }))}
            onChange={(next) => onChange({ [name]: next })}
          />
        ) : (
          <Slider
            key={name}
            label={parameter.label}
            value={Number(value)}
            min={parameter.from}
            max={parameter.to}
            step={parameter.step}
            format={(v) => v.toFixed(2)}
            onInput={(next) => onChange({ [name]: next })}
          />
        );
      })}
      <Slider
        label={say.steps}
        value={steps}
        min={1}
        max={T}
        log
        format={(count) => String(evaluationsOf(settings, count))}
        onInput={(next) => onChange({ steps: next })}
      />
    </>
  );
}
