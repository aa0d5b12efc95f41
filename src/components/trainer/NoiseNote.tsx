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
      Drawn from the noise of seed {seed}
      {kept ? ', which every press draws from now.' : '. '}
      {!kept && (
        <button type="button" class="button small" onClick={() => onKeep(seed)}>
          Keep this noise
        </button>
      )}
    </p>
  );
}
