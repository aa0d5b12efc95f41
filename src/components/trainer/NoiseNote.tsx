import { en } from './words.ts';

const say = en.noise;

interface Props {
  seed: number;
  /** The noise is fixed to this one already. */
  kept: boolean;
  onKeep: (seed: number) => void;
}

/** Which noise a picture came from, and a way to draw from it again. */
export function NoiseNote({ seed, kept, onKeep }: Props) {
  return (
    <p class="note noise-note" role="status">
      {kept ? say.kept(seed) : say.from(seed)}
      {!kept && (
        <button type="button" class="button small" onClick={() => onKeep(seed)}>
          {say.keep}
        </button>
      )}
    </p>
  );
}
