import type { RunState } from '../../lib/worker/protocol.ts';
import { useHydrated } from './useHydrated.ts';

export interface ActionHandlers {
  train(): void;
  pause(): void;
  step(): void;
  sample(): void;
  reset(): void;
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
  const working = state === 'training' || state === 'loading';
  const shortcut = (key: string) => (keys ? { 'aria-keyshortcuts': key } : {});
  return (
    <div class="actions">
      <button
        type="button"
        class="button primary"
        disabled={working || asleep}
        onClick={act.train}
        {...shortcut('T')}
      >
        Train
      </button>
      <button
        type="button"
        class="button"
        disabled={!working}
        onClick={act.pause}
        {...shortcut('P')}
      >
        Pause
      </button>
      <button
        type="button"
        class="button"
        disabled={working || asleep}
        onClick={act.step}
        {...shortcut('S')}
      >
        Step
      </button>
      <button
        type="button"
        class="button"
        disabled={sampling || state === 'loading' || asleep}
        onClick={act.sample}
        {...shortcut('G')}
      >
        Sample
      </button>
      <button
        type="button"
        class="button"
        disabled={asleep}
        onClick={act.reset}
        {...shortcut('Shift+R')}
      >
        Reset
      </button>
    </div>
  );
}
