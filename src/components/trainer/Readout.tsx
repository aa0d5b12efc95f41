import type { BackendInfo, SavedRun } from '../../lib/worker/protocol.ts';
import { Stat } from '../controls/Stat.tsx';
import * as show from './format.ts';
import { Help, Helped } from './Help.tsx';
import type { HelpName } from './helpWords.ts';
import type { Session, StepStats } from './session.ts';
import type { Saved } from './sessionState.ts';
import { en } from './words.ts';

/** A number with its name that is no <output>: the four of the contract stay the only ones with theirs. */
function Fact({ name, value, of }: { name: string; value: string; of: HelpName }) {
  return (
    <div class="fact">
      <dt>
        {name} <Help of={of} label={name} />
      </dt>
      <dd>{value}</dd>
    </div>
  );
}

const NAMES = { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'Plain JavaScript' };
export const backendName = (name: BackendInfo['name']): string => NAMES[name];

const say = en.readout;
const facts = en.facts;

/** Where the run stands. */
export function Readout({ session, target }: { session: Session; target: number }) {
  const stats: StepStats | null = session.stats.value;
  const state = session.state.value;
  session.lossVersion.value; // a restored run has a curve before its first step
  const smoothed = stats?.smoothed ?? session.losses.smoothed;
  const step = stats?.step ?? session.at.value;
  const share = target > 0 ? Math.min(1, step / target) : null;
  const progress = session.progress.value;
  return (
    <div class="readout">
      <div class="stats">
        <Helped of="step" label={say.step}>
          <Stat label={say.step} value={String(step)} />
        </Helped>
        <Helped of="loss" label={say.loss}>
          <Stat label={say.loss} value={Number.isNaN(smoothed) ? '–' : show.loss(smoothed)} />
        </Helped>
        <Helped of="speed" label={say.speed}>
          <Stat label={say.speed} value={stats ? show.plain(stats.stepsPerSecond) : '–'} />
        </Helped>
        <Helped of="used" label={say.backend}>
          <Stat label={say.backend} value={session.backend.value?.name ?? say.noBackend} />
        </Helped>
      </div>
      <div class="meter">
        <span class="state" data-state={state}>
          {say.states[state]}
        </span>
        {share !== null && (
          <progress
            aria-label={say.share(Math.round(100 * share), show.count(target))}
            max={1}
            value={share}
          />
        )}
        <span class="muted">
          {target > 0 ? say.of(show.count(target)) : say.untilPaused}
          {state === 'training' && stats && target > 0
            ? say.left(show.duration(stats.secondsLeft))
            : ''}
        </span>
      </div>
      {progress && (
        <div class="meter download">
          <span>{say.fetching(progress.label)}</span>
          <progress
            aria-label={say.fetching(progress.label)}
            max={progress.total || 1}
            value={progress.total ? progress.loaded : undefined}
          />
          <span class="muted">
            {say.bytes(
              show.bytes(progress.loaded),
              progress.total ? show.bytes(progress.total) : '',
            )}
          </span>
        </div>
      )}
    </div>
  );
}

interface FiguresProps {
  session: Session;
  /** What this browser keeps of a run that is not open here. */
  kept?: SavedRun | null;
}

/** The rest of the figures: how fast, how much memory, on what and why. */
export function Figures({ session, kept }: FiguresProps) {
  const stats = session.stats.value;
  const backend = session.backend.value;
  const own = session.savedAt.value;
  // What another tab keeps is newer in the store than it was when this one let it go.
  const saved: Saved | null | undefined = own?.elsewhere ? { ...own, ...kept } : (own ?? kept);
  return (
    <div class="figures">
      <dl class="facts">
        <Fact of="lastBatch" name={facts.lastBatch} value={stats ? show.loss(stats.loss) : '–'} />
        <Fact
          of="images"
          name={facts.images}
          value={stats ? show.significant(stats.imagesPerSecond) : '–'}
        />
        <Fact
          of="gradient"
          name={facts.gradient}
          value={stats ? show.significant(stats.scalars.gradNorm) : '–'}
        />
        <Fact
          of="rate"
          name={facts.rate}
          value={stats ? stats.scalars.learningRate.toExponential(1) : '–'}
        />
        <Fact
          of="work"
          name={facts.work}
          value={stats ? `${show.significant(stats.gflops)} GFLOP/s` : '–'}
        />
        <Fact
          of="memory"
          name={facts.memory}
          value={
            stats
              ? facts.held(
                  show.bytes(stats.memory.numBytes),
                  stats.memory.numTensors > 0 ? show.count(stats.memory.numTensors) : '',
                )
              : '–'
          }
        />
        <Fact
          of="parameters"
          name={facts.parameters}
          value={session.parameters.value ? show.count(session.parameters.value) : '–'}
        />
        <Fact of="time" name={facts.time} value={stats ? show.duration(stats.seconds) : '–'} />
        <Fact
          of="kept"
          name={saved?.tab ? facts.keptInTab : facts.kept}
          value={
            saved
              ? facts.keptAt(
                  show.count(saved.step),
                  saved.bytes > 0 ? show.bytes(saved.bytes) : '',
                  saved.elsewhere !== undefined,
                )
              : facts.notKept
          }
        />
      </dl>
      {backend && (
        <p class="note">
          {facts.machine(backendName(backend.name), backend.adapter, backend.software)}{' '}
          {facts.kernels(backend.kernels)} {backend.reason}
        </p>
      )}
    </div>
  );
}
