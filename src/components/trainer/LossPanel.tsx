import { useMemo, useState } from 'preact/hooks';
import type { Estimate } from '../../lib/math/exact/vectorChannel.ts';
import { lossCurve } from '../../lib/plots/lab/loss.ts';
import { Toggle } from '../controls/Choice.tsx';
import { Plot } from '../controls/Plot.tsx';
import * as show from './format.ts';
import type { Session } from './session.ts';

interface Props {
  session: Session;
  /** The least value of this loss, where it is known; with a standard error where it is an estimate. */
  floor?: Estimate;
  /** Why there is no floor, where there can be none. */
  noFloor?: string;
  /** Linked with the keyboard in the lab. */
  log?: boolean;
  onLog?: (on: boolean) => void;
}

/** Enough for every pixel column; more only costs time. */
const BINS = 320;

export function LossPanel({ session, floor, noFloor, log, onLog }: Props) {
  const [ownLog, setOwnLog] = useState(false);
  const logAxis = log ?? ownLog;
  const version = session.lossVersion.value;
  // The losses are one growing buffer: `version` says when it grew.
  const bins = useMemo(() => session.losses.points(BINS), [session, version]);
  const options = useMemo(
    () => lossCurve(bins, { log: logAxis, floor: floor?.value }),
    [bins, logAxis, floor],
  );
  const last = bins.at(-1);
  const summary = last
    ? `Loss after ${last.step} steps: ${show.loss(last.smoothed)}, running mean.${
        floor === undefined
          ? ''
          : ` Least possible: ${printFloor(floor)}; ${gap(last.smoothed, floor.value)}.`
      }`
    : 'No step has been taken yet.';
  return (
    <div class="loss-panel">
      {last ? (
        <Plot options={options} title="Loss" summary={summary} ratio={0.42} />
      ) : (
        <div class="empty">The loss of every batch will be drawn here.</div>
      )}
      <div class="row loss-foot">
        <ul class="key">
          <li style={{ '--swatch': 'var(--p)' }}>
            <i />
            running mean (faint: every batch)
          </li>
          {floor !== undefined && (
            <li style={{ '--swatch': 'var(--exact)' }}>
              <i />
              least possible, {printFloor(floor)}
              {last ? `: ${gap(last.smoothed, floor.value)}` : ''}
            </li>
          )}
          {noFloor && <li>{noFloor}</li>}
        </ul>
        <span class="controls">
          <Toggle label="Log axis" checked={logAxis} onChange={onLog ?? setOwnLog} />
        </span>
      </div>
    </div>
  );
}

/** Digits of an estimate by chance are worth what its standard error says. */
const printFloor = ({ value, standardError }: Estimate): string =>
  standardError > 0
    ? `${show.loss(value)} ± ${standardError.toPrecision(1)}, by chance`
    : show.loss(value);

const gap = (now: number, floor: number): string =>
  now >= floor
    ? `now ${(100 * (now / floor - 1)).toFixed(1)} % above`
    : `now ${(100 * (1 - now / floor)).toFixed(1)} % below, by chance of the last batches`;
