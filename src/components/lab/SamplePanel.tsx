import { classesOf } from '../trainer/dataShape.ts';
import { MomentView } from '../trainer/MomentView.tsx';
import { NoiseNote } from '../trainer/NoiseNote.tsx';
import { SampleControls } from '../trainer/SampleControls.tsx';
import type { Session } from '../trainer/session.ts';
import type { LabSettings } from '../trainer/settings.ts';
import type { LabWords } from './words.ts';

interface Props {
  words: LabWords['samples'];
  session: Session;
  settings: LabSettings;
  /** The data of the run that is drawn from. */
  drawn: LabSettings['dataset'];
  onChange: (change: Partial<LabSettings>) => void;
}

/** How to draw from the network in training, and what was drawn. */
export function SamplePanel({ words: say, session, settings, drawn, onChange }: Props) {
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
          <MomentView
            moment={moment}
            live={session.sampling.value}
            names={classesOf(drawn)}
            plays
          />
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
          {settings.sampleSeed === null ? say.emptyFresh : say.emptyFixed(settings.sampleSeed)}
        </div>
      )}
    </div>
  );
}
