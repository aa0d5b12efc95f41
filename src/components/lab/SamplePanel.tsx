import { useState } from 'preact/hooks';
import { Segmented, Select, Toggle } from '../controls/Choice.tsx';
import { Scrubber } from '../controls/Scrubber.tsx';
import { Slider } from '../controls/Slider.tsx';
import { Frame } from './Frames.tsx';
import { NumberField } from './NumberField.tsx';
import type { Session } from './session.ts';
import type { LabSettings } from './settings.ts';

interface Props {
  session: Session;
  settings: LabSettings;
  onChange: (change: Partial<LabSettings>) => void;
}

const CLASSES = {
  fashion: [
    'T-shirt',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Boot',
  ],
};

/** How to draw from the network, and what was drawn: x and x̂₀ side by side, along the way. */
export function SamplePanel({ session, settings, onChange }: Props) {
  const moment = session.sampled.value;
  const [chosen, setFrame] = useState<number | null>(null);
  const last = moment ? moment.frames.length - 1 : 0;
  const frame = session.sampling.value ? last : Math.min(chosen ?? last, last);
  const names = settings.dataset === 'fashion' ? CLASSES.fashion : [...'0123456789'];
  return (
    <div class="sample-panel">
      <div class="row controls">
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
          value={Math.min(settings.sampleSteps, settings.T)}
          min={1}
          max={settings.T}
          log
          onInput={(sampleSteps) => onChange({ sampleSteps })}
        />
        <NumberField
          label="Seed of the noise"
          value={settings.sampleSeed}
          min={0}
          max={4294967295}
          integer
          onChange={(sampleSeed) => onChange({ sampleSeed })}
        />
        <Toggle label="Clip x̂₀" checked={settings.clip} onChange={(clip) => onChange({ clip })} />
        {settings.conditional && (
          <>
            <Select
              label="Class"
              value={String(settings.label)}
              options={[
                { value: '-1', label: 'All ten in turn' },
                ...names.map((label, i) => ({ value: String(i), label })),
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
      {moment ? (
        <>
          <div class="columns">
            <figure>
              <Frame
                moment={moment}
                frame={frame}
                label={`What is drawn, at t = ${moment.times[frame]}`}
              />
              <figcaption class="note">x at t = {moment.times[frame]}</figcaption>
            </figure>
            <figure>
              <Frame
                moment={moment}
                frame={frame}
                clean
                label={`The picture expected, at t = ${moment.times[frame]}`}
              />
              <figcaption class="note">x̂₀, the picture expected from there</figcaption>
            </figure>
          </div>
          <Scrubber
            label="Along this drawing"
            value={frame}
            max={last}
            onInput={setFrame}
            format={(i) => `t = ${moment.times[Math.min(i, last)]}`}
            seconds={4}
          />
        </>
      ) : (
        <div class="empty">Press Sample: the averaged weights of now draw from fresh noise.</div>
      )}
    </div>
  );
}
