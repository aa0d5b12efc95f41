import type { Plane } from './usePlane.ts';

/** Other noise for the same walk. */
export function FreshNoise({ plane: { state }, label }: { plane: Plane; label: string }) {
  return (
    <button
      type="button"
      class="button"
      onClick={() => {
        state.seed.value += 1;
      }}
    >
      {label}
    </button>
  );
}
