import { useSignal } from '@preact/signals';

interface Props {
  /** Resolves with whether it came this time. */
  retry(): Promise<boolean>;
}

/** Tries once more; where that fails too, offers the page anew: older browsers keep a failed import as long as the page lives. */
export function TryAgain({ retry }: Props) {
  const failed = useSignal(false);
  const again = async () => {
    failed.value = !(await retry());
  };
  return (
    <>
      <button type="button" class="button small" onClick={again}>
        Try again
      </button>
      {failed.value && (
        <button type="button" class="button small" onClick={() => location.reload()}>
          Reload the page
        </button>
      )}
    </>
  );
}
