import { useEffect, useMemo } from 'preact/hooks';
import { DATASETS, type DatasetName } from '../../../../lib/data/records.ts';
import { Segmented, Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { Actions } from '../../../trainer/Actions.tsx';
import { FilmPanel } from '../../../trainer/FilmPanel.tsx';
import { noMeasure } from '../../../trainer/floor.ts';
import { goodLoss } from '../../../trainer/goodLoss.ts';
import { LossPanel } from '../../../trainer/LossPanel.tsx';
import { Messages } from '../../../trainer/Messages.tsx';
import { MomentView } from '../../../trainer/MomentView.tsx';
import { Readout } from '../../../trainer/Readout.tsx';
import { runOf, sampleRequestOf } from '../../../trainer/runConfig.ts';
import { createSession } from '../../../trainer/session.ts';
import { defaultSettings, PREDICTIONS } from '../../../trainer/settings.ts';
import { useFloor } from '../../../trainer/useFloor.ts';
import '../../../lab/lab.css';
import './trainer.css';

interface Props {
  /** Name in the address; one page may carry several trainers. */
  id?: string;
  datasets?: DatasetName[];
  title?: string;
}

/** The lab's trainer, small enough to stand in a chapter: one dataset, one prediction, everything else at its default. */
export default function Trainer({
  id = 'trainer',
  datasets = ['two', 'all16', 'bars'],
  title = 'Train it here',
}: Props) {
  const state = useMemo(
    () => ({
      dataset: urlSignal<DatasetName>(`${id}.dataset`, datasets[0], oneOf(datasets)),
      prediction: urlSignal(
        `${id}.prediction`,
        defaultSettings(datasets[0]).prediction,
        oneOf(PREDICTIONS),
      ),
    }),
    [],
  );
  const session = useMemo(() => createSession(), []);
  const dataset = state.dataset.value;
  const prediction = state.prediction.value;
  const settings = useMemo(
    () => ({ ...defaultSettings(dataset), prediction }),
    [dataset, prediction],
  );
  const run = useMemo(() => runOf(settings), [settings]);
  const floor = useFloor(run);

  useEffect(() => {
    return session.dispose;
  }, []);

  const replacedBy = session.replacedBy.value;
  useEffect(() => {
    if (replacedBy) state.dataset.value = replacedBy;
  }, [replacedBy]);

  const change = () => {
    if (session.state.value === 'training') void session.pause();
  };
  const act = {
    train: () => void session.train(run),
    pause: () => void session.pause(),
    step: () => void session.step(run),
    sample: () => void session.sample(run, (press) => sampleRequestOf(settings, press)),
    reset: () => void session.reset(run),
  };
  const sampled = session.sampled.value;
  return (
    <Widget
      id={id}
      computes
      title={title}
      caption={
        <>
          The same trainer with every setting open is{' '}
          <a href={labLink(dataset, prediction)}>the lab</a>.
        </>
      }
    >
      <Messages session={session} onUndo={() => void session.undo(run)} />
      <Desk
        main={<Actions state={session.state.value} sampling={session.sampling.value} {...act} />}
        stats={<Readout session={session} target={settings.steps} />}
        settings={[state.dataset, state.prediction]}
        rest={
          <div class="row">
            {datasets.length > 1 && (
              <Select
                label="Data"
                value={dataset}
                options={datasets.map((value) => ({ value, label: DATASETS[value].title }))}
                onChange={(value) => {
                  state.dataset.value = value;
                  change();
                }}
              />
            )}
            <Segmented
              label="The network predicts"
              value={prediction}
              options={[
                { value: 'epsilon', label: 'ε' },
                { value: 'x0', label: 'x₀' },
                { value: 'v', label: 'v' },
              ]}
              onChange={(value) => {
                state.prediction.value = value;
                change();
              }}
            />
          </div>
        }
      >
        {sampled && (
          <>
            <MomentView moment={sampled} live={session.sampling.value} />
            <p class="note">Drawn from the noise of seed {sampled.seed}, fresh at each press.</p>
          </>
        )}
        <FilmPanel
          session={session}
          empty="Press Train. The same noise is drawn again every few seconds: first mush, then pictures."
        />
        <LossPanel session={session} floor={floor} good={goodLoss(run)} noFloor={noMeasure(run)} />
      </Desk>
    </Widget>
  );
}

const labLink = (dataset: DatasetName, prediction: string): string =>
  `${(import.meta.env.BASE_URL ?? '/').replace(/\/?$/, '/')}lab/?dataset=${dataset}&prediction=${prediction}`;
