import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { SAMPLERS } from '../../../../lib/math/samplers/record.ts';
import { createSampler, type Sampler } from '../../../../lib/worker/sampler.ts';
import { ImageGrid } from '../../../controls/Pixels.tsx';
import { integer, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { sayError } from '../../../trainer/sayError.ts';
import { useHydrated } from '../../../trainer/useHydrated.ts';
import { printNumber } from '../../predict/predictAnswer.ts';
import { BUDGETS, CONTESTANTS, DRAWINGS, type Drawing, drawAll } from './drawAll.ts';
import type { ArenaDigitsWords } from './words.ts';
import './arenaDigits.css';

const SIDE = 28;
const CHECKPOINT = 'checkpoints/mnist.safetensors';

/** What each sampler makes of one noise with 4, 8, 16 and 50 evaluations of a real network. */
export default function ArenaDigits({ words: say }: { words: ArenaDigitsWords }) {
  const seed = useMemo(() => urlSignal('arena-digits.seed', 1, integer(0, 4294967295)), []);
  const asleep = !useHydrated();
  const [drawings, setDrawings] = useState<Drawing[]>([]);
  const [note, setNote] = useState('');
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const drawer = useRef<Promise<Sampler> | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      stop.current?.abort();
      void drawer.current?.then((one) => one.dispose());
    },
    [],
  );
  const open = async (): Promise<Sampler> => {
    const made = createSampler();
    try {
      await made.load(`${(import.meta.env.BASE_URL ?? '/').replace(/\/?$/, '/')}${CHECKPOINT}`);
      return made;
    } catch (error) {
      made.dispose();
      drawer.current = null;
      throw error;
    }
  };
  const draw = async () => {
    const own = new AbortController();
    stop.current = own;
    setBusy(true);
    setTrouble('');
    setDrawings([]);
    setNote(say.fetching);
    const began = performance.now();
    try {
      drawer.current ??= open();
      const before = (sampler: Drawing['sampler'], budget: number) =>
        setNote(sampler === 'end' ? say.reference : say.drawing(SAMPLERS[sampler].label, budget));
      for await (const one of drawAll(await drawer.current, seed.value, own.signal, before))
        setDrawings((all) => [...all, one]);
      setNote(say.done(((performance.now() - began) / 1000).toFixed(1), seed.value));
    } catch (error) {
      setNote('');
      if (!own.signal.aborted) setTrouble(await sayError(error));
    }
    setBusy(false);
  };
  const end = drawings.find(({ sampler }) => sampler === 'end');
  const cell = (sampler: Drawing['sampler'], budget: number) =>
    drawings.find((one) => one.sampler === sampler && one.budget === budget);
  return (
    <Widget
      id="arena-digits"
      computes
      title={say.title}
      caption={say.caption}
      onReset={() => {
        seed.value = 1;
      }}
    >
      {trouble && (
        <p class="error" role="alert">
          {trouble}
        </p>
      )}
      <div class="controls row">
        {busy ? (
          <button type="button" class="button" onClick={() => stop.current?.abort()}>
            {say.stop}
          </button>
        ) : (
          <button type="button" class="button primary" disabled={asleep} onClick={draw}>
            {say.draw}
          </button>
        )}
        {busy && <progress aria-label={say.progress} value={drawings.length} max={DRAWINGS} />}
        <span class="note" role="status">
          {note}
        </span>
      </div>
      <div class="table-scroll arena-digits" tabIndex={0} role="group" aria-label={say.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.sampler}</th>
              {BUDGETS.map((budget) => (
                <th key={budget} scope="col">
                  {say.evaluations(budget)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {CONTESTANTS.map((sampler) => (
              <tr key={sampler}>
                <th scope="row">{SAMPLERS[sampler].label}</th>
                {BUDGETS.map((budget) => {
                  const one = cell(sampler, budget);
                  return (
                    <td key={budget}>
                      <Digits
                        images={one?.images}
                        label={say.picture(SAMPLERS[sampler].label, budget)}
                      />
                      <p class="note">
                        {one && !Number.isNaN(one.off) ? say.off(printNumber(one.off, 2)) : '–'}
                      </p>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {end && (
        <figure class="arena-end">
          <p class="plot-title">{say.end}</p>
          <Digits images={end.images} label={say.endPicture} />
        </figure>
      )}
    </Widget>
  );
}

const BLANK = new Float32Array(10 * SIDE * SIDE).fill(-1);

/** Ten digits in two rows; black before they are drawn. */
const Digits = ({ images = BLANK, label }: { images?: Float32Array; label: string }) => (
  <ImageGrid data={images} width={SIDE} height={SIDE} across={5} label={label} />
);
