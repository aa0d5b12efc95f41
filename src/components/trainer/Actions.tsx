import type { RunState } from '../../lib/worker/protocol.ts';
import { useHydrated } from './useHydrated.ts';
import { en } from './words.ts';

const say = en.actions;

export interface ActionHandlers {
  train(): void;
  pause(): void;
  step(): void;
  sample(): void;
  reset(): void;
}

/** What can be done now: the one list that buttons and keys go by. */
export function possible(state: RunState, sampling: boolean, held: boolean) {
  const working = state === 'training' || state === 'loading';
  return {
    train: !working,
    pause: working,
    step: !working,
    sample: !sampling && state !== 'loading',
    reset: true,
    save: held && state !== 'loading',
    export: held && state !== 'loading',
  };
}

interface Props extends ActionHandlers {
  state: RunState;
  sampling: boolean;
  /** Keys shown to assistive technology, off when the reader turned them off. */
  keys?: boolean;
}

/** The five buttons of every trainer. */
export function Actions({ state, sampling, keys = false, ...act }: Props) {
  const asleep = !useHydrated();
  const can = possible(state, sampling, false);
  const shortcut = (key: string) => (keys ? { 'aria-keyshortcuts': key } : {});
  return (
    <div class="actions">
      <button
        type="button"
        class="button primary"
        disabled={!can.train || asleep}
        onClick={act.train}
        {...shortcut('T')}
      >
        {say.train}
      </button>
      <button
        type="button"
        class="button"
        disabled={!can.pause}
        onClick={act.pause}
        {...shortcut('P')}
      >
        {say.pause}
      </button>
      <button
        type="button"
        class="button"
        disabled={!can.step || asleep}
        onClick={act.step}
        {...shortcut('S')}
      >
        {say.step}
      </button>
      <button
        type="button"
        class="button"
        disabled={!can.sample || asleep}
        onClick={act.sample}
        {...shortcut('G')}
      >
        {say.sample}
      </button>
      <button
        type="button"
        class="button"
        disabled={!can.reset || asleep}
        onClick={act.reset}
        {...shortcut('Shift+R')}
      >
        {say.reset}
      </button>
    </div>
  );
}
