import { useMemo } from 'preact/hooks';
import type { UNetConfig } from '../../../../lib/checkpoint/config.ts';
import { unetPlan } from '../../../../lib/tensor/networks/unetPlan.ts';
import { Segmented } from '../../../controls/Choice.tsx';
import { integer, oneOf, urlSignal } from '../../../controls/urlState.ts';
import { Widget } from '../../../controls/Widget.tsx';
import { BlockMaps } from './BlockMaps.tsx';
import { LayerPanel } from './LayerPanel.tsx';
import { useLook } from './look.ts';
import { CONFIGS } from './networkConfigs.ts';
import { countOf, layersOf } from './networkLayers.ts';
import './network.css';

const NAMES: Record<keyof typeof CONFIGS, string> = {
  standard: 'Lab’s default, 28×28',
  deep: 'Shipped digits, with classes',
  tiny: '2×2 images',
};

/** The one whose weights the book ships: its activations can be seen. */
const START: keyof typeof CONFIGS = 'deep';
/** The block that is open at first: the first residual block, after the time embedding and the first convolution. */
const FIRST = 2;

/** The UNet as its own config describes it: every block can be opened to its formula, parameters and activations. */
export default function NetworkDiagram() {
  const state = useMemo(
    () => ({
      config: urlSignal(
        'network.config',
        START,
        oneOf(Object.keys(CONFIGS) as (keyof typeof CONFIGS)[]),
      ),
      layer: urlSignal('network.layer', FIRST, integer(0, 40)),
    }),
    [],
  );
  const config: UNetConfig = CONFIGS[state.config.value];
  const layers = useMemo(() => layersOf(config), [config]);
  const index = Math.min(state.layer.value, layers.length - 1);
  const chosen = layers[index];
  const plan = unetPlan(config);
  const look = useLook();
  const block = (name: string) => {
    const index = layers.findIndex((layer) => layer.name === name);
    const layer = layers[index];
    return (
      <button
        type="button"
        class={`block ${layer.kind}`}
        aria-pressed={layer === chosen}
        onClick={() => (state.layer.value = index)}
      >
        <b>{layer.title}</b>
        <span>{layer.shape.join(' × ')}</span>
        {config.classes > 0 && <BlockMaps name={name} look={look} />}
      </button>
    );
  };
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return (
    <Widget
      id="network"
      inForce={{ layer: index }}
      computes
      title="The UNet, block by block"
      onReset={() => {
        state.config.value = START;
        state.layer.value = FIRST;
      }}
      caption={`Height × width × channels of each block’s output. ${parameters.toLocaleString('en')} parameters, ${(countOf(layers) / 1e6).toFixed(1)} million multiply–adds for one image.`}
    >
      <div class="controls">
        <Segmented
          label="Model"
          value={state.config.value}
          options={Object.entries(NAMES).map(([value, label]) => ({
            value: value as keyof typeof CONFIGS,
            label,
          }))}
          onChange={(value) => (state.config.value = value)}
        />
      </div>
      <div class="network">
        <div class="unet" role="group" aria-label="Blocks of the network, from input to output">
          {block('time')}
          <div class="level ends">
            {block('in')}
            <span class="across" />
            {block('out')}
          </div>
          {plan.down.map((_, i) => (
            <div class="level" key={i} style={{ '--inset': i }}>
              {block(`down.${i}`)}
              <span class="bridge" aria-hidden="true">
                copy, side by side
              </span>
              {block(`up.${i}`)}
              {i < plan.down.length - 1 && (
                <>
                  <small aria-hidden="true">↓ mean of 2×2</small>
                  <small />
                  <small aria-hidden="true">↑ each pixel ×4</small>
                </>
              )}
            </div>
          ))}
          <div class="level middle">{block('middle')}</div>
        </div>
        <LayerPanel layer={chosen} config={config} look={look} />
      </div>
    </Widget>
  );
}
