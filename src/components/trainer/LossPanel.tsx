import { useMemo, useState } from 'preact/hooks';
import type { Estimate } from '../../lib/math/exact/vectorChannel.ts';
import { lossCurve } from '../../lib/plots/lab/loss.ts';
import { Toggle } from '../controls/Choice.tsx';
import { Plot } from '../controls/Plot.tsx';
import * as show from './format.ts';
import type { GoodLoss } from './goodLoss.ts';
import type { Session } from './session.ts';
import { en } from './words.ts';

interface Props {
  session: Session;
  /** The least value of this loss, where it is known; with a standard error where it is an estimate. */
  floor?: Estimate;
  /** What a recorded run had at its end, where no floor is known. */
  good?: GoodLoss;
  /** Why there is neither. */
  noFloor?: string;
  /** The plot's title; '' where a heading stands above it. */
  title?: string;
  /** Linked with the keyboard in the lab. */
  log?: boolean;
  onLog?: (on: boolean) => void;
}

const say = en.loss;

/** Enough for every pixel column; more only costs time. */
const BINS = 320;

export function LossPanel({ session, floor, good, noFloor, title = say.title, log, onLog }: Props) {
  const [ownLog, setOwnLog] = useState(false);
  const logAxis = log ?? ownLog;
  const version = session.lossVersion.value;
  // The losses are one growing buffer: `version` says when it grew.
  const bins = useMemo(() => session.losses.points(BINS), [session, version]);
  const options = useMemo(
    () =>
      lossCurve(bins, {
        log: logAxis,
        ...(floor ? { floor: floor.value } : good ? { good: good.loss } : {}),
        says: say,
      }),
    [bins, logAxis, floor, good],
  );
  const last = bins.at(-1);
  const summary = last
    ? say.summary(last.step, show.loss(last.smoothed)) +
      (floor === undefined
        ? ''
        : say.summaryFloor(printFloor(floor), gap(last.smoothed, floor.value))) +
      (good === undefined ? '' : say.summaryGood(show.loss(good.loss)))
    : say.none;
  return (
    <div class="loss-panel">
      {last ? (
        <Plot options={options} title={title} summary={summary} ratio={0.5} />
      ) : (
        <div class="empty">{say.empty}</div>
      )}
      <div class="row loss-foot">
        <ul class="key">
          <li style={{ '--swatch': 'var(--p)' }}>
            <i />
            {say.mean}
          </li>
          {floor !== undefined && (
            <li style={{ '--swatch': 'var(--exact)' }}>
              <i />
              {say.floor(printFloor(floor))}
              {last ? `: ${gap(last.smoothed, floor.value)}` : ''}
            </li>
          )}
          {good !== undefined && (
            <li style={{ '--swatch': 'var(--exact)' }}>
              <i />
              {say.good(show.loss(good.loss), show.count(good.steps), good.seed)}
              {last ? `: ${distance(last.smoothed, good.loss)}` : ''}
            </li>
          )}
          {noFloor && <li>{noFloor}</li>}
        </ul>
        <span class="controls">
          <Toggle label={say.log} checked={logAxis} onChange={onLog ?? setOwnLog} />
        </span>
      </div>
    </div>
  );
}

/** Digits of an estimate by chance are worth what its standard error says. */
const printFloor = ({ value, standardError }: Estimate): string =>
  standardError > 0 ? say.chance(show.loss(value), standardError.toPrecision(1)) : show.loss(value);

const gap = (now: number, floor: number): string =>
  now >= floor
    ? say.above((100 * (now / floor - 1)).toFixed(1))
    : say.below((100 * (1 - now / floor)).toFixed(1));

/** A run may well be better than the recorded one. */
const distance = (now: number, good: number): string =>
  now >= good
    ? say.above((100 * (now / good - 1)).toFixed(0))
    : say.better((100 * (1 - now / good)).toFixed(0));
