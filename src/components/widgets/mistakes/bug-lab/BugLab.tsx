import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { BugName } from '../../../../lib/math/mistakes/bugs.ts';
import { BUG_NAMES } from '../../../../lib/math/mistakes/bugs.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { integer, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { createBugLab, mysteryOf, type Outcome, STEPS } from './bugLab.ts';
import type { BugLabWords } from './words.ts';
import '../../../lab/lab.css';

function Cloud({
  outcome,
  title,
  colour,
  say,
}: {
  outcome: Outcome | null;
  title: string;
  colour: string;
  say: BugLabWords;
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
        outcome ? say.cloudSummary(outcome.samples.length / 2, spread.toFixed(2)) : say.notDrawn
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
        say,
      ),
    [right, broken],
  );
  const play = (bug: BugName) => {
    revealed.value = false;
    lab.play(bug);
  };
  const last = (outcome: Outcome | null) => outcome?.losses.at(-1)?.loss.toFixed(4) ?? '–';
  return (
    <Widget id="bug-lab" computes title={say.title} caption={say.caption}>
      {lab.error.value && (
        <p class="error" role="alert">
          {lab.error.value}
        </p>
      )}
      <Desk
        main={
          <>
            <div class="buttons">
              <button
                type="button"
                class="button primary"
                disabled={lab.busy.value !== ''}
                onClick={() => play(mysteryOf(round.value))}
              >
                {say.mystery}
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
                {say.another}
              </button>
              {lab.busy.value && (
                <button type="button" class="button" onClick={lab.stop}>
                  {say.stop}
                </button>
              )}
            </div>
            {lab.busy.value && (
              <div class="progress">
                <progress max={STEPS} value={lab.progress.value} aria-label={say.training} />
                <span class="note">{say.stepOf(lab.busy.value, lab.progress.value, STEPS)}</span>
              </div>
            )}
            {broken && lab.bug.value && (
              <div class="suspicion">
                <Select
                  label={say.suspicion}
                  value={guess.value}
                  options={BUG_NAMES.map((value) => ({ value, label: say.suspects[value] }))}
                  onChange={(v) => (guess.value = v)}
                />
                <button
                  type="button"
                  class="button primary"
                  onClick={() => (revealed.value = true)}
                >
                  {say.reveal}
                </button>
              </div>
            )}
            <div aria-live="polite">
              {revealed.value && lab.bug.value && (
                <p class="note">
                  <strong>{guess.value === lab.bug.value ? say.found : say.notThis}</strong>
                  {say.revealed(say.suspects[lab.bug.value])}
                </p>
              )}
            </div>
          </>
        }
      >
        {right ? (
          <>
            <div class="pair">
              <Cloud outcome={right} say={say} title={say.rightSamples} colour={colours.exact} />
              <Cloud outcome={broken} say={say} title={say.brokenSamples} colour={colours.warn} />
            </div>
            <Plot
              title={say.loss}
              options={losses}
              ratio={0.3}
              summary={say.lossSummary(last(right), last(broken))}
            />
          </>
        ) : (
          <div class="empty tall">{say.empty}</div>
        )}
      </Desk>
    </Widget>
  );
}
