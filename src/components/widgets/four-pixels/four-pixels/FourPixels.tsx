import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { TOY_LABELS, toyData } from '../../../../lib/data/toyData.ts';
import { createRng } from '../../../../lib/math/numerics/rng.ts';
import { forwardStep } from '../../../../lib/math/process/forward.ts';
import { scheduleFromBetas } from '../../../../lib/math/process/schedule.ts';
import { fixed } from '../../../../lib/words/printNumber.ts';
import { Segmented, Select } from '../../../controls/Choice.tsx';
import { Desk } from '../../../controls/Desk.tsx';
import { Pixels } from '../../../controls/Pixels.tsx';
import { Slider } from '../../../controls/Slider.tsx';
import { integer, number, numbers, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { printNumber } from '../../predict/predictAnswer.ts';
import { boundRows, EXAMPLE_BETAS, stepRows } from './fourPixels.ts';
import type { FourPixelsWords } from './words.ts';
import '../four-pixels.css';

/** Sets whose integrals are one-dimensional, so that every digit is exact while a slider moves. */
const SETS = ['all16', 'two'] as const;
/** One at a time: three under each other are two screens. */
const TABLES = ['steps', 'bound', 'fault'] as const;

/** The 2×2 example as a calculator: every number of the chain and of the bound, for β and data of the reader's choice. */
export default function FourPixels({ words: say }: { words: FourPixelsWords }) {
  const state = useMemo(
    () => ({
      betas: urlSignal('four.betas', EXAMPLE_BETAS, numbers(0.001, 0.999, 6)),
      data: urlSignal('four.data', 'all16' as (typeof SETS)[number], oneOf(SETS)),
      weight: urlSignal('four.w', 0.5, number(0.01, 0.99)),
      image: urlSignal('four.image', 9, integer(0, 15)),
      table: urlSignal('four.table', 'steps' as (typeof TABLES)[number], oneOf(TABLES)),
    }),
    [],
  );
  const seed = useSignal(1);
  const betas = state.betas.value;
  const toy = useMemo(
    () => toyData(state.data.value, state.data.value === 'two' ? state.weight.value : undefined),
    [state.data.value, state.weight.value],
  );
  const schedule = useMemo(() => scheduleFromBetas(betas), [betas]);
  const steps = useMemo(() => stepRows(schedule, toy), [schedule, toy]);
  const bounds = useMemo(() => boundRows(schedule, toy), [schedule, toy]);
  const index = state.image.value % toy.data.length;
  const x0 = toy.data[index];
  const chain = useMemo(() => {
    const rng = createRng(seed.value);
    const states = [Float64Array.from(x0)];
    for (let t = 1; t <= schedule.T; t++) {
      const noise = new Float64Array(4);
      rng.fillNormal(noise);
      states.push(Float64Array.from(forwardStep(states[t - 1], t, schedule, noise)));
    }
    return states;
  }, [x0, schedule, seed.value]);
  const setT = (T: number) => {
    state.betas.value = Array.from({ length: T }, (_, i) => betas[i] ?? betas[betas.length - 1]);
  };
  const print = (value: number) => printNumber(value, 6);
  return (
    <Widget
      id="four-pixels"
      inForce={{ image: index }}
      title={say.title}
      onReset={() => {
        state.betas.value = EXAMPLE_BETAS;
        state.data.value = 'all16';
        state.weight.value = 0.5;
        state.image.value = 9;
        state.table.value = 'steps';
      }}
      caption={say.caption}
    >
      <Desk
        main={
          <>
            <div class="row">
              <Select
                label={say.data}
                value={state.data.value}
                options={SETS.map((value) => ({ value, label: TOY_LABELS[value] }))}
                onChange={(v) => (state.data.value = v)}
              />
              {state.data.value === 'two' && (
                <Slider
                  label={say.probability}
                  value={state.weight.value}
                  min={0.01}
                  max={0.99}
                  step={0.01}
                  format={(v) => v.toFixed(2)}
                  onInput={(v) => (state.weight.value = v)}
                />
              )}
              <Slider label={say.steps} value={schedule.T} min={2} max={6} onInput={setT} />
              {betas.map((beta, i) => (
                <Slider
                  key={i}
                  label={`β${'₁₂₃₄₅₆'[i]}`}
                  value={beta}
                  min={0.01}
                  max={0.99}
                  step={0.01}
                  format={(v) => v.toFixed(2)}
                  onInput={(v) => (state.betas.value = betas.with(i, v))}
                />
              ))}
            </div>
            <div class="buttons">
              <button type="button" class="button" onClick={() => seed.value++}>
                {say.freshNoise}
              </button>
              <button
                type="button"
                class="button"
                onClick={() => (state.image.value = (state.image.value + 1) % toy.data.length)}
              >
                {say.nextImage}
              </button>
            </div>
          </>
        }
      >
        <div class="four-chain">
          {chain.map((x, t) => (
            <figure key={t}>
              <Pixels
                data={x}
                width={2}
                height={2}
                range={[-2, 2]}
                label={`x${t}: ${Array.from(x, (v) => v.toFixed(2)).join(', ')}`}
              />
              <figcaption>
                <b>
                  x<sub>{t}</sub>
                </b>
                <span class="values">
                  {Array.from(x, (v, i) => (
                    <span key={i}>{fixed(v, 2)}</span>
                  ))}
                </span>
              </figcaption>
            </figure>
          ))}
        </div>
      </Desk>
      <div class="controls">
        <Segmented
          label={say.which}
          value={state.table.value}
          options={TABLES.map((value) => ({ value, label: say.tables[value] }))}
          onChange={(v) => (state.table.value = v)}
        />
      </div>
      {state.table.value === 'steps' && (
        <div class="table" tabindex={0} role="region" aria-label={say.stepTable}>
          <table>
            <thead>
              <tr>
                <th scope="col">t</th>
                <th scope="col">β</th>
                <th scope="col">ᾱ</th>
                <th scope="col">{say.sigma}</th>
                <th scope="col">SNR</th>
                <th scope="col">
                  q(x<sub>t−1</sub>|x<sub>t</sub>,x₀): x₀ ×
                </th>
                <th scope="col">
                  + x<sub>t</sub> ×
                </th>
                <th scope="col">β̃</th>
                <th scope="col">E‖x₀ − x̂₀‖²</th>
                <th scope="col">{say.leastLoss}</th>
              </tr>
            </thead>
            <tbody>
              {steps.map((row) => (
                <tr key={row.t}>
                  <th scope="row">{row.t}</th>
                  {[
                    row.beta,
                    row.alphaBar,
                    row.sigma,
                    row.snr,
                    row.x0Coefficient,
                    row.xtCoefficient,
                    row.posteriorVariance,
                    row.mmse,
                    row.lossFloor,
                  ].map((v, i) => (
                    <td class="notranslate" key={i}>
                      {print(v)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {state.table.value === 'bound' && (
        <div class="table" tabindex={0} role="region" aria-label={say.boundTable}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say.boundWith}</th>
                <th scope="col">
                  I(x₀; x<sub>T</sub>)
                </th>
                <th scope="col">
                  + KL(q(x<sub>T</sub>)‖p)
                </th>
                <th scope="col">
                  = L<sub>T</sub>
                </th>
                {steps.slice(1).map(({ t }) => (
                  <th key={t} scope="col">
                    L<sub>{t - 1}</sub>
                  </th>
                ))}
                <th scope="col">L₀</th>
                <th scope="col">{say.total}</th>
                <th scope="col">{say.bits}</th>
              </tr>
            </thead>
            <tbody>
              {bounds.map((bound) => (
                <tr key={bound.model}>
                  <th scope="row">{say.models[bound.model]}</th>
                  <td class="notranslate">{print(bound.priorParts.information)}</td>
                  <td class="notranslate">{print(bound.priorParts.mismatch)}</td>
                  <td class="notranslate">{print(bound.prior)}</td>
                  {steps.slice(1).map(({ t }) => (
                    <td class="notranslate" key={t}>
                      {print(bound.diffusion[t])}
                    </td>
                  ))}
                  <td class="notranslate">{print(bound.reconstruction)}</td>
                  <td class="notranslate">{print(bound.total)}</td>
                  <td class="notranslate">{print(bound.bitsPerDim)}</td>
                </tr>
              ))}
              <tr class="floor">
                <th scope="row">{say.floor}</th>
                <td colSpan={schedule.T + 3} />
                <td class="notranslate">{print(bounds[0].entropy)}</td>
                <td class="notranslate">{print(bounds[0].entropy / (4 * Math.LN2))}</td>
              </tr>
            </tbody>
          </table>
        </div>
      )}
      {state.table.value === 'fault' && (
        <div class="table" tabindex={0} role="region" aria-label={say.faultTable}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say.fault}</th>
                <th scope="col">{say.wrongStart}</th>
                {steps.toReversed().map(({ t }) => (
                  <th key={t} scope="col">
                    {say.stepTo}x<sub>{t - 1}</sub>
                  </th>
                ))}
                <th scope="col">{say.nobody}</th>
                <th scope="col">{say.total}</th>
              </tr>
            </thead>
            <tbody>
              {bounds.map(({ model, marginal }) => (
                <tr key={model}>
                  <th scope="row">{say.models[model]}</th>
                  <td class="notranslate">{print(marginal.start)}</td>
                  {steps.toReversed().map(({ t }) => (
                    // Differences of two integrals: below their error they are 0.
                    <td class="notranslate" key={t}>
                      {Math.abs(marginal.steps[t]) < 1e-9 ? '0' : print(marginal.steps[t])}
                    </td>
                  ))}
                  <td class="notranslate">{print(marginal.entropy)}</td>
                  <td class="notranslate">{print(marginal.total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Widget>
  );
}
