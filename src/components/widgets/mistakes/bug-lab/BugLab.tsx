import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { BugName } from '../../../../lib/math/mistakes/bugs.ts';
import { BUG_NAMES } from '../../../../lib/math/mistakes/bugs.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Legend } from '../../../controls/Legend.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { integer, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { createBugLab, mysteryOf, type Outcome, STEPS, SUSPECTS } from './bugLab.ts';
import type { BugLabWords } from './words.ts';

const options = BUG_NAMES.map((value) => ({
  value,
  label: SUSPECTS[value],
}));

function Cloud({
  outcome,
  title,
  colour,
}: {
  outcome: Outcome | null;
  title: string;
  colour: string;
}) {
  const plot = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/mistakes/bugLab.ts')).cloud(
        outcome?.samples ?? [],
        colour,
      ),
    [outcome],
  );
  const spread = outcome
    ? Math.sqrt(outcome.samples.reduce((sum, v) => sum + v * v, 0) / outcome.samples.length)
    : 0;
  return (
    <Plot
      title={title}
      options={plot}
      ratio={1}
      summary={
        outcome
          ? `${outcome.samples.length / 2} points; root mean square coordinate ${spread.toFixed(2)}.`
          : 'Not drawn yet.'
      }
    />
  );
}

/** Train a right program and a broken one; guess from loss and samples what is wrong; then look. */
export default function BugLab({ words: say }: { words: BugLabWords }) {
  const round = useMemo(() => urlSignal('bug.round', 1, integer(1, 9999)), []);
  const lab = useMemo(createBugLab, []);
  const guess = useSignal<BugName>('betaNotSqrt');
  const revealed = useSignal(false);
  useEffect(() => () => lab.stop(), []);
  const right = lab.right.value;
  const broken = lab.broken.value;
  const losses = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/mistakes/bugLab.ts')).twoLosses(
        right?.losses ?? [],
        broken?.losses ?? [],
        say.axes,
      ),
    [right, broken],
  );
  const play = (bug: BugName) => {
    revealed.value = false;
    lab.play(bug);
  };
  const last = (outcome: Outcome | null) => outcome?.losses.at(-1)?.loss.toFixed(4) ?? '–';
  return (
    <Widget
      id="bug-lab"
      computes
      title="The bug lab"
      caption="Two crescents of points, a small network, the same seed twice: once as it should be, once with one line wrong."
    >
      <div class="controls row">
        <button
          type="button"
          class="button primary"
          disabled={lab.busy.value !== ''}
          onClick={() => play(mysteryOf(round.value))}
        >
          Train a mystery
        </button>
        <button
          type="button"
          class="button"
          disabled={lab.busy.value !== ''}
          onClick={() => {
            round.value += 1;
            play(mysteryOf(round.value));
          }}
        >
          Another one
        </button>
        {lab.busy.value && (
          <button type="button" class="button" onClick={lab.stop}>
            Stop
          </button>
        )}
      </div>
      {lab.busy.value && (
        <div class="progress">
          <progress max={STEPS} value={lab.progress.value} aria-label="Training" />
          <span class="note">
            {lab.busy.value === 'right' ? 'First the right program' : 'Now the broken one'}: step{' '}
            {lab.progress.value} of {STEPS}
          </span>
        </div>
      )}
      {lab.error.value && (
        <p class="error" role="alert">
          {lab.error.value}
        </p>
      )}
      {right && (
        <>
          <Legend
            entries={[
              { name: 'right', colour: colours.exact },
              { name: 'broken', colour: colours.warn },
            ]}
          />
          <div class="columns">
            <Cloud outcome={right} title="Samples of the right program" colour={colours.exact} />
            <Cloud outcome={broken} title="Samples of the broken one" colour={colours.warn} />
          </div>
          <Plot
            title="Loss"
            options={losses}
            ratio={0.4}
            summary={`At the end the right program’s loss is ${last(right)}, the broken one’s ${last(broken)}.`}
          />
        </>
      )}
      {broken && lab.bug.value && (
        <div class="controls row">
          <Select
            label="Your suspicion"
            value={guess.value}
            options={options}
            onChange={(v) => (guess.value = v)}
          />
          <button type="button" class="button primary" onClick={() => (revealed.value = true)}>
            Reveal
          </button>
        </div>
      )}
      <div aria-live="polite">
        {revealed.value && lab.bug.value && (
          <p class="note">
            <strong>{guess.value === lab.bug.value ? 'Found. ' : 'Not this time. '}</strong>The
            broken line: {SUSPECTS[lab.bug.value]}. Note whether the loss gave it away: often it
            does not.
          </p>
        )}
      </div>
    </Widget>
  );
}
