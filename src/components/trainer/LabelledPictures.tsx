import { useMemo } from 'preact/hooks';
import { Pixels } from '../controls/Pixels.tsx';
import { type Moment, unpack } from './film.ts';

interface Props {
  moment: Moment;
  frame: number;
  clean: boolean;
  label: string;
  /** Below each picture. */
  captions: readonly string[];
}

/** Enough of them in a row to be large, and to stand class by class where ten were asked for in turn. */
const ACROSS = 5;

/** The pictures of one frame, each with its name. */
export function LabelledPictures({ moment, frame, clean, label, captions }: Props) {
  const { width, height, channels } = moment;
  const list = clean ? moment.clean : moment.frames;
  const packed = list[Math.min(frame, list.length - 1)];
  const data = useMemo(() => unpack(packed), [packed]);
  const size = width * height * channels;
  return (
    <div
      class="images labelled"
      style={{ '--across': String(ACROSS) }}
      role="img"
      aria-label={`${label}: ${captions.join(', ')}`}
    >
      {captions.map((caption, i) => (
        <span key={i} class="named-picture">
          <Pixels
            data={data.subarray(i * size, (i + 1) * size)}
            width={width}
            height={height}
            channels={channels}
            label=""
          />
          <span>{caption}</span>
        </span>
      ))}
    </div>
  );
}
