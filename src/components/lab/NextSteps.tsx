import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isOnPath } from '../../lib/math/objectives/record.ts';
import type { SampleRequest } from '../../lib/tensor/recipes/diffusion/questions.ts';
import { hasLabels } from '../trainer/dataShape.ts';
import { sampleRequestOf } from '../trainer/runConfig.ts';
import type { Session } from '../trainer/session.ts';
import type { LabSettings } from '../trainer/settings.ts';
import { canMeasure, measureBound } from './bound.ts';
import type { LabWords } from './words.ts';

interface Props {
  words: LabWords['next'];
  session: Session;
  /** The settings of the run that rests. */
  drawn: LabSettings;
  onChange: (change: Partial<LabSettings>) => void;
  sample: (request: (press: number) => SampleRequest) => void;
  onExport: () => void;
  onCompare: () => void;
}

/** A stronger wish for the class than the run's own. */
const STRONG = 3;

/** What can be done with a run that has ended or rests. */
export function NextSteps({ words: say, session, drawn, ...act }: Props) {
  const bound = useSignal('');
  const measuring = useSignal<AbortController | null>(null);
  const state = session.state.value;
  const rests = state === 'finished' || state === 'paused';
  const era = session.era.value;
  useEffect(() => {
    bound.value = '';
    return () => measuring.value?.abort();
  }, [rests, era]);
  // It comes with the press of Train, and waits: nothing below moves when the run ends.
  if (session.run.value === null && state !== 'loading') return null;
  const draw = (change: Partial<LabSettings>) => {
    act.onChange(change);
    act.sample((press) => sampleRequestOf({ ...drawn, ...change }, press));
    document.getElementById('samples')?.scrollIntoView({ block: 'nearest' });
  };
  const measure = async () => {
    if (measuring.value) return measuring.value.abort();
    const own = new AbortController();
    measuring.value = own;
    bound.value = say.measuring(0);
    bound.value = await measureBound(session, own.signal, say, (percent) => {
      bound.value = say.measuring(percent);
    });
    measuring.value = null;
  };
  // On a path of its own there is no fresh noise, and there are no terms of a chain's bound.
  const onPath = isOnPath(drawn.weighting);
  const other = onPath ? 'heun' : drawn.sampler === 'ddpm' ? 'ddim' : 'ddpm';
  return (
    <div class="next-steps">
      <h2 id="next">{say.title}</h2>
      <fieldset class="row" disabled={!rests} aria-labelledby="next">
        {drawn.conditional ? (
          <button
            type="button"
            class="button"
            onClick={() => draw({ guidance: STRONG, label: -1, sampleSeed: null })}
          >
            {say.guided}
          </button>
        ) : (
          hasLabels(drawn.dataset) && (
            <button
              type="button"
              class="button"
              onClick={() => act.onChange({ conditional: true })}
            >
              {say.classes}
            </button>
          )
        )}
        <button
          type="button"
          class="button"
          onClick={() =>
            draw({ sampler: other, sampleSteps: Math.min(drawn.T, other === 'ddpm' ? 100 : 50) })
          }
        >
          {say.sampler[other]}
        </button>
        {canMeasure(drawn.dataset) && !onPath && (
          <button type="button" class="button" onClick={measure}>
            {measuring.value ? say.stop : say.bound}
          </button>
        )}
        <button type="button" class="button" onClick={act.onCompare}>
          {say.compare}
        </button>
        <button type="button" class="button" onClick={act.onExport}>
          {say.export}
        </button>
      </fieldset>
      <p class="note" role="status">
        {bound.value}
      </p>
    </div>
  );
}
