import { Segmented } from '../../controls/Choice.tsx';
import { Slider } from '../../controls/Slider.tsx';
import { useControlWords } from '../../language/context.ts';
import { T } from './planeState.ts';
import type { Plane } from './usePlane.ts';
import { useStill } from './useStill.ts';
import type { PlaneWords } from './words.ts';

/** Play, the way, and the one slider of time. */
export function Transport({ plane, words: say }: { plane: Plane; words: PlaneWords }) {
  const { player, beginning, state } = plane;
  const control = useControlWords();
  const still = useStill();
  const playing = player.playing.value;
  const put = (change: Parameters<typeof player.set>[0]) => {
    state.pen.value = false;
    player.set(change);
  };
  const play = () => {
    state.pen.value = false;
    player.play();
  };
  return (
    <div class="plane-transport controls row">
      {!still && (
        <button
          type="button"
          class="button primary"
          aria-pressed={playing}
          disabled={state.shape.value === 'draw' && state.drawing.value.length === 0}
          onClick={playing ? player.stop : play}
        >
          {playing ? control.stop : control.play}
        </button>
      )}
      {beginning.ways.length > 1 && (
        <Segmented
          label={say.way}
          value={player.way.value}
          options={beginning.ways.map((value) => ({ value, label: say.ways[value] }))}
          onChange={(way) => put({ way })}
        />
      )}
      <Slider
        label={say.time}
        value={Math.round(player.t.value)}
        min={0}
        max={T}
        format={(t) => say.timeOf(t, T)}
        onInput={(t) => put({ t })}
      />
    </div>
  );
}
