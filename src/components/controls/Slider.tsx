import { useId } from 'preact/hooks';

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  /** Logarithmic travel; min must be positive. */
  log?: boolean;
  format?: (value: number) => string;
  onInput: (value: number) => void;
  disabled?: boolean;
}

const TRAVEL = 1000;
const round = (value: number) => Number(value.toPrecision(4));

/** A labelled range with its value written beside the label. */
export function Slider({
  label,
  value,
  min,
  max,
  step = 1,
  log = false,
  format = String,
  onInput,
  disabled,
}: Props) {
  const id = useId();
  const toTravel = (v: number) => (TRAVEL * Math.log(v / min)) / Math.log(max / min);
  const fromTravel = (p: number) => {
    const raw = min * (max / min) ** (p / TRAVEL);
    return Math.min(max, Math.max(min, step >= 1 ? Math.round(raw) : round(raw)));
  };
  return (
    <div class="field">
      <label for={id}>
        {label} <output for={id}>{format(value)}</output>
      </label>
      <input
        id={id}
        type="range"
        disabled={disabled}
        min={log ? 0 : min}
        max={log ? TRAVEL : max}
        step={log ? 1 : step}
        value={log ? toTravel(value) : value}
        aria-valuetext={format(value)}
        onInput={(event) =>
          onInput(
            log ? fromTravel(event.currentTarget.valueAsNumber) : event.currentTarget.valueAsNumber,
          )
        }
      />
    </div>
  );
}
