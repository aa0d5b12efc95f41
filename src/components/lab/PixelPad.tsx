import type { LabWords } from './words.ts';

interface Props {
  words: LabWords['settings']['data']['pad'];
  images: number[][];
  onChange: (images: number[][]) => void;
}

const NEXT: Record<number, number> = { [-1]: 1, 1: 0, 0: -1 };
const MOST = 16;

/** The reader's own data: 2 × 2 pictures, each pixel black, grey or white. */
export function PixelPad({ words: say, images, onChange }: Props) {
  const set = (n: number, pixel: number) =>
    onChange(
      images.map((image, i) =>
        i === n ? image.map((v, j) => (j === pixel ? NEXT[v] : v)) : image,
      ),
    );
  return (
    <div class="pads">
      {images.map((image, n) => (
        <div class="pad" key={n} role="group" aria-label={say.picture(n + 1)}>
          {image.map((value, pixel) => (
            <button
              key={pixel}
              type="button"
              class="pad-pixel"
              data-value={value}
              aria-label={say.pixel(n + 1, pixel, value)}
              onClick={() => set(n, pixel)}
            />
          ))}
          <button
            type="button"
            class="pad-remove"
            aria-label={say.remove(n + 1)}
            disabled={images.length === 1}
            onClick={() => onChange(images.filter((_, i) => i !== n))}
          >
            ×
          </button>
        </div>
      ))}
      <button
        type="button"
        class="button small"
        disabled={images.length >= MOST}
        onClick={() => onChange([...images, [-1, -1, -1, -1]])}
      >
        {say.add}
      </button>
    </div>
  );
}
