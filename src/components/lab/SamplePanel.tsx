import { classesOf } from '../trainer/dataShape.ts';
import { MomentView } from '../trainer/MomentView.tsx';
import { NoiseNote } from '../trainer/NoiseNote.tsx';
import { SampleControls } from '../trainer/SampleControls.tsx';
import type { Session } from '../trainer/session.ts';
import type { LabSettings } from '../trainer/settings.ts';

interface Props {
  session: Session;
  settings: LabSettings;
  onChange: (change: Partial<LabSettings>) => void;
}

/** How to draw from the network in training, and what was drawn. */
export function SamplePanel({ session, settings, onChange }: Props) {
  const moment = session.sampled.value;
  return (
    <div class="sample-panel">
      <SampleControls
        settings={settings}
        T={settings.T}
        classes={settings.conditional ? classesOf(settings.dataset) : undefined}
        onChange={onChange}
        fresh={{ last: moment?.seed }}
      />
      {moment ? (
        <>
          <MomentView moment={moment} live={session.sampling.value} />
          {moment.seed !== undefined && (
            <NoiseNote
              seed={moment.seed}
              kept={settings.sampleSeed === moment.seed}
              onKeep={(sampleSeed) => onChange({ sampleSeed })}
            />
          )}
        </>
      ) : (
        <div class="empty">
          Press Sample: the averaged weights of now draw from{' '}
          {settings.sampleSeed === null
            ? 'fresh noise'
            : `the noise of seed ${settings.sampleSeed}`}
          .
        </div>
      )}
    </div>
  );
}
