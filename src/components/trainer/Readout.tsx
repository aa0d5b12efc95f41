import type { BackendInfo, RunState, SavedRun } from '../../lib/worker/protocol.ts';
import { Stat } from '../controls/Stat.tsx';
import * as show from './format.ts';
import type { Session, StepStats } from './session.ts';
import type { Saved } from './sessionState.ts';

/** A number with its name that is no <output>: the four of the contract stay the only ones with theirs. */
function Fact({ name, value, hint }: { name: string; value: string; hint?: string }) {
  return (
    <div class="fact" title={hint}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const NAMES = { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'Plain JavaScript' };
export const backendName = (name: BackendInfo['name']): string => NAMES[name];

const STATES: Record<RunState, string> = {
  idle: 'Ready. Press Train.',
  loading: 'Getting ready…',
  training: 'Training',
  paused: 'Paused',
  finished: 'Finished. A higher target goes on.',
  failed: 'Stopped',
};

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
        <Stat label="Step" value={String(step)} />
        <Stat
          label="Loss"
          value={Number.isNaN(smoothed) ? '–' : show.loss(smoothed)}
          hint="Mean squared error per number predicted, averaged over about 100 steps"
        />
        <Stat label="Steps per second" value={stats ? show.plain(stats.stepsPerSecond) : '–'} />
        <Stat label="Backend in use" value={session.backend.value?.name ?? 'none yet'} />
      </div>
      <div class="meter">
        <span class="state" data-state={state}>
          {STATES[state]}
        </span>
        {share !== null && (
          <progress
            aria-label={`${Math.round(100 * share)} % of ${show.count(target)}`}
            max={1}
            value={share}
          />
        )}
        <span class="muted">
          {target > 0 ? `of ${show.count(target)}` : 'until paused'}
          {state === 'training' && stats && target > 0
            ? ` · ${show.duration(stats.secondsLeft)} left`
            : ''}
        </span>
      </div>
      {progress && (
        <div class="meter download">
          <span>Fetching {progress.label}</span>
          <progress
            aria-label={`Fetching ${progress.label}`}
            max={progress.total || 1}
            value={progress.total ? progress.loaded : undefined}
          />
          <span class="muted">
            {show.bytes(progress.loaded)}
            {progress.total ? ` of ${show.bytes(progress.total)}` : ''}
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
        <Fact name="Last batch" value={stats ? show.loss(stats.loss) : '–'} />
        <Fact
          name="Images per second"
          value={stats ? show.significant(stats.imagesPerSecond) : '–'}
        />
        <Fact name="Gradient norm" value={stats ? show.significant(stats.scalars.gradNorm) : '–'} />
        <Fact
          name="Learning rate"
          value={stats ? stats.scalars.learningRate.toExponential(1) : '–'}
        />
        <Fact
          name="Work"
          value={stats ? `${show.significant(stats.gflops)} GFLOP/s` : '–'}
          hint="Counted floating-point operations of the network, forward and backward"
        />
        <Fact
          name="Memory"
          value={
            stats
              ? show.bytes(stats.memory.numBytes) +
                (stats.memory.numTensors > 0
                  ? ` in ${show.count(stats.memory.numTensors)} tensors`
                  : '')
              : '–'
          }
        />
        <Fact
          name="Parameters"
          value={session.parameters.value ? show.count(session.parameters.value) : '–'}
        />
        <Fact name="Time in training" value={stats ? show.duration(stats.seconds) : '–'} />
        <Fact
          name={saved?.tab ? 'Kept in this tab only' : 'Kept in this browser'}
          value={
            saved
              ? `${saved.elsewhere ? 'by another tab, ' : ''}at ${show.count(saved.step)}${saved.bytes > 0 ? ` (${show.bytes(saved.bytes)})` : ''}`
              : 'not yet'
          }
        />
      </dl>
      {backend && (
        <p class="note">
          {backendName(backend.name)}
          {backend.adapter ? ` on ${backend.adapter}` : ''}
          {backend.software ? ' (software, no GPU)' : ''}. Kernels: {backend.kernels}.{' '}
          {backend.reason}
        </p>
      )}
    </div>
  );
}
