import { MAX_BETA } from '../../../../lib/math/process/schedule.ts';
import { Select } from '../../../controls/Choice.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { SCHEDULE_OPTIONS } from '../../shared/scheduleNames.ts';
import type { forwardChainState } from './forwardChainState.ts';
import { MIN_BETA, SHORT } from './forwardChainState.ts';
import type { ForwardChainWords } from './words.ts';

const subscript = (n: number) => [...String(n)].map((d) => '₀₁₂₃₄₅₆₇₈₉'[Number(d)]).join('');

/** Controls of β: each on its own slider in a short chain; a kind and a scale in a long one. */
export function ChainSchedule({
  state,
  say,
}: {
  state: ReturnType<typeof forwardChainState>;
  say: ForwardChainWords;
}) {
  const { T, kind, scale, schedule } = state;
  const steps = T.value;
  return (
    <div class="controls chain-schedule">
      <div class="row">
        <Slider label={say.steps} value={steps} min={2} max={1000} log onInput={state.setSteps} />
        <Select
          label={say.schedule}
          value={kind.value}
          options={SCHEDULE_OPTIONS}
          onChange={(next) => {
            state.betas.value = [];
            kind.value = next;
          }}
        />
        <Slider
          label={say.scale}
          value={scale.value}
          min={0.1}
          max={10}
          step={0.01}
          log
          format={(v) => printNumber(v, 3)}
          onInput={(next) => {
            state.betas.value = [];
            scale.value = next;
          }}
        />
      </div>
      {steps <= SHORT ? (
        <div class="betas" role="group" aria-label={say.betas}>
          {Array.from(schedule.value.beta.slice(1), (beta, i) => (
            <Slider
              key={i}
              label={`β${subscript(i + 1)}`}
              value={beta}
              min={MIN_BETA}
              max={MAX_BETA}
              step={0.0001}
              format={(v) => printNumber(v, 3)}
              onInput={(next) => state.setBeta(i + 1, next)}
            />
          ))}
        </div>
      ) : (
        <p class="note">
          {say.range(
            printNumber(schedule.value.beta[1], 3),
            printNumber(schedule.value.beta[steps], 3),
            SHORT,
          )}
        </p>
      )}
    </div>
  );
}
