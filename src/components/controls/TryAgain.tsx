import { useSignal } from '@preact/signals';
import { useControlWords } from '../language/context.ts';

interface Props {
  /** Resolves with whether it came this time. */
  retry(): Promise<boolean>;
}

/** Tries once more; where that fails too, offers the page anew: older browsers keep a failed import as long as the page lives. */
export function TryAgain({ retry }: Props) {
  const say = useControlWords();
  const failed = useSignal(false);
  const again = async () => {
    failed.value = !(await retry());
  };
  return (
    <>
      <button type="button" class="button small" onClick={again}>
        {say.tryAgain}
      </button>
      {failed.value && (
        <button type="button" class="button small" onClick={() => location.reload()}>
          {say.reload}
        </button>
      )}
    </>
  );
}
