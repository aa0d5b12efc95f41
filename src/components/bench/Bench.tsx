import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { measureTogether, type Outcome } from '../../lib/bench/client.ts';
import type { BenchBackend, BenchCell, BenchRow } from '../../lib/bench/types.ts';
import { Segmented, Toggle } from '../controls/Choice.tsx';
import { putOnClipboard } from '../controls/clipboard.ts';
import { Results } from './Results.tsx';

const BACKENDS: { name: BenchBackend; label: string }[] = [
  { name: 'wasm', label: 'WebAssembly' },
  { name: 'webgl', label: 'WebGL' },
  { name: 'webgpu', label: 'WebGPU' },
];

type Phase = 'idle' | 'running' | 'stopped' | 'done';

/** Times this book's training on the reader's own device, against TensorFlow.js as it comes. */
export default function Bench() {
  const [chosen, setChosen] = useState<BenchBackend[]>(BACKENDS.map(({ name }) => name));
  const [batch, setBatch] = useState<'16' | '64'>('16');
  const [phase, setPhase] = useState<Phase>('idle');
  const [progress, setProgress] = useState({ done: 0, text: '' });
  const [outcome, setOutcome] = useState<Outcome>({ rows: [], missing: [] });
  const stop = useRef<AbortController | null>(null);
  const running = phase === 'running';

  // Leaving the page ends the workers.
  useEffect(() => () => stop.current?.abort(), []);

  const run = async () => {
    const control = new AbortController();
    stop.current = control;
    setPhase('running');
    setOutcome({ rows: [], missing: [] });
    let all: Outcome = { rows: [], missing: [] };
    const join = (next: Outcome): Outcome => ({
      rows: [...all.rows, ...next.rows],
      missing: [...all.missing, ...next.missing],
    });
    try {
      for (const [i, backend] of chosen.entries()) {
        const result = await measureTogether(
          cellsOf(backend, Number(batch)),
          { rounds: 9, cap: 12 },
          (step, sofar) => {
            setProgress({ text: step.text, done: (i + step.done) / chosen.length });
            setOutcome(join(sofar));
          },
          control.signal,
        );
        all = join(result);
        setOutcome(all);
      }
      setPhase('done');
    } catch (error) {
      if (!control.signal.aborted) throw error;
      setPhase('stopped');
    }
  };

  return (
    <div class="bench">
      <div class="row">
        <fieldset class="bench-choice" disabled={running}>
          <legend class="legend">Backends</legend>
          <div class="row">
            {BACKENDS.map(({ name, label }) => (
              <Toggle
                key={name}
                label={label}
                checked={chosen.includes(name)}
                disabled={running}
                onChange={(on) =>
                  setChosen(
                    BACKENDS.map((b) => b.name).filter((b) =>
                      b === name ? on : chosen.includes(b),
                    ),
                  )
                }
              />
            ))}
          </div>
        </fieldset>
        <Segmented
          label="Images in a batch"
          value={batch}
          disabled={running}
          options={[
            { value: '16', label: '16' },
            { value: '64', label: '64' },
          ]}
          onChange={setBatch}
        />
      </div>
      <div class="row">
        <button
          type="button"
          class="button primary"
          disabled={running || chosen.length === 0}
          onClick={run}
        >
          {outcome.rows.length > 0 && !running ? 'Measure again' : 'Measure'}
        </button>
        <button
          type="button"
          class="button"
          disabled={!running}
          onClick={() => stop.current?.abort()}
        >
          Stop
        </button>
        <CopyButton rows={outcome.rows} missing={outcome.missing} />
      </div>
      <div class="progress">
        <progress
          aria-label="Progress of the measurement"
          max={1}
          value={phase === 'done' ? 1 : progress.done}
        />
        <p class="note" role="status">
          {phase === 'idle' &&
            'Nothing runs until you press Measure. Expect half a minute; WebGL and WebGPU take minutes without a graphics card.'}
          {running && `${progress.text} …`}
          {phase === 'stopped' && 'Stopped. What was measured stays below.'}
          {phase === 'done' &&
            `Done: ${outcome.rows.length} measured${outcome.missing.length ? `, ${outcome.missing.length} not possible here` : ''}.`}
        </p>
      </div>
      {outcome.missing.map(({ cell, message }) => (
        <p class="error" key={`${cell.engine} ${cell.backend}`}>
          {cell.engine === 'ours' ? 'Our kernels' : 'Stock TensorFlow.js'} on {cell.backend} could
          not be measured: {message.replace(/\.$/, '')}. The others are not touched by this.
        </p>
      ))}
      {outcome.rows.length > 0 && <Results rows={outcome.rows} />}
    </div>
  );
}

function cellsOf(backend: BenchBackend, batch: number): BenchCell[] {
  const threads = Math.min(8, navigator.hardwareConcurrency ?? 1);
  return (['ours', 'tfjs'] as const).map((engine) => ({ engine, backend, threads, batch }));
}

function CopyButton({ rows, missing }: Outcome) {
  const [note, setNote] = useState('');
  const json = useMemo(() => () => JSON.stringify(report(rows, missing), null, 2), [rows, missing]);
  const copy = async () => {
    const done = await putOnClipboard(json());
    setNote(done ? 'Copied' : 'This browser does not let the page copy');
    setTimeout(() => setNote(''), 2500);
  };
  return (
    <button type="button" class="button" disabled={rows.length === 0} onClick={copy}>
      {note || 'Copy the result (JSON)'}
    </button>
  );
}

/** What is copied: the rows, and enough of the machine to read them by. */
const report = (rows: BenchRow[], missing: Outcome['missing']) => ({
  date: new Date().toISOString(),
  userAgent: navigator.userAgent,
  cores: navigator.hardwareConcurrency,
  isolated: crossOriginIsolated,
  rows,
  missing,
});
