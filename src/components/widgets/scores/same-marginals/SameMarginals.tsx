import { useMemo } from 'preact/hooks';
import { WAYS, type Way } from '../../../../lib/math/samplers/lineWalks.ts';
import type { Paths } from '../../../../lib/math/samplers/particles.ts';
import { colours } from '../../../../lib/plots/common/colours.ts';
import { cloud, distanceAt, KIND, LAW, T } from '../../../../lib/plots/scores/line.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { Desk } from '../../../controls/Desk.tsx';
import { Plot } from '../../../controls/Plot.tsx';
import { Scrubber } from '../../../controls/Scrubber.tsx';
import { Stat } from '../../../controls/Stat.tsx';
import { integer, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { ExactMissing, useExactAnswer } from '../../shared/exactAnswer.tsx';
import type { SameMarginalsWords } from './words.ts';

const COUNT = 800;
const START = 60;
const COLOURS: Record<Way, string> = { sde: colours.p, ode: colours.q };
/** Of n independent draws Kolmogorov's distance stays below this in 95 of 100. */
const CHANCE = 1.36 / Math.sqrt(COUNT);
const NONE: Paths = { times: [T, 0], frames: new Float32Array(0) };
const three = (value: number) => fixed(value, 3);

/** The reverse equation with and without noise: other ways, the same law at every time. */
export default function SameMarginals({ words: say }: { words: SameMarginalsWords }) {
  const at = useMemo(() => urlSignal('same-marginals.t', START, integer(0, T)), []);
  const t = at.value;
  const ask = (way: Way) =>
    useExactAnswer(way, (exact) =>
      exact.line({ law: LAW, schedule: { kind: KIND, T }, way, count: COUNT, seed: 1 }),
    );
  const answers = { sde: ask('sde'), ode: ask('ode') };
  const apart = (way: Way) => {
    const paths = answers[way].value;
    return paths ? three(distanceAt(paths, t)) : '…';
  };
  return (
    <Widget
      id="same-marginals"
      inForce={{ t }}
      title={say.title}
      caption={say.caption}
      onReset={() => {
        at.value = START;
      }}
    >
      {WAYS.map((way) => (
        <ExactMissing key={way} lacks={say.lacks} of={answers[way]} />
      ))}
      <Desk
        main={
          <Scrubber
            label={say.time}
            value={t}
            max={T}
            onInput={(next) => {
              at.value = next;
            }}
            format={(value) => say.timeOf(value, T)}
          />
        }
        stats={
          <div class="stats" aria-busy={WAYS.some((way) => !answers[way].value)}>
            {WAYS.map((way) => (
              <Stat key={way} label={say.distance[way]} value={apart(way)} />
            ))}
            <Stat label={say.chance} value={three(CHANCE)} />
          </div>
        }
      >
        {WAYS.map((way) => (
          <WayRow
            key={way}
            way={way}
            t={t}
            paths={answers[way].value}
            apart={apart(way)}
            say={say}
          />
        ))}
      </Desk>
    </Widget>
  );
}

interface RowProps {
  way: Way;
  t: number;
  /** Null while they are computed. */
  paths: Paths | null;
  apart: string;
  say: SameMarginalsWords;
}

/** Ways on the left, the cloud at t on the right. */
function WayRow({ way, t, paths, apart, say }: RowProps) {
  const ways = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/scores/histograms.ts')).waysPlot(
        paths ?? NONE,
        t,
        COLOURS[way],
        say.axes,
      ),
    [paths, t],
  );
  const histogram = useMemo(
    () => async () =>
      (await import('../../../../lib/plots/scores/histograms.ts')).cloudPlot(
        paths ? cloud(paths, t) : [],
        t,
        COLOURS[way],
        say.axes,
      ),
    [paths, t],
  );
  return (
    <div class="pair low">
      <Plot
        title={say.waysTitle[way]}
        options={ways}
        ratio={0.5}
        summary={say.waysSummary(say.ways[way])}
      />
      <Plot
        title={say.cloudTitle(t)}
        options={histogram}
        ratio={0.5}
        summary={say.cloudSummary(say.ways[way], t, apart)}
      />
    </div>
  );
}
