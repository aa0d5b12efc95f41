/** One batch through a network and back, recorded in pieces: forward, and two ways back, with and without the inputs' gradients. */
import { type Graph, sizeOfShape } from '../../graph/node.ts';
import type { DeviceOptimizer } from './deviceOptimizer.ts';
import type { FlatLayout } from './flatWeights.ts';
import type { InputLayout } from './inputLayout.ts';
import { recordBackward, recordForward } from './passes.ts';
import { createRecording, type Place } from './recording.ts';
import { type Recorded, recorderOf, type Slice } from './shader.ts';

export interface ModulePass {
  batch: number;
  /** Everything that goes in, by `at`; the gradient of the output goes where a target would. */
  inputs: GPUBuffer;
  at: InputLayout;
  output: Slice;
  forward: Recorded[];
  /** To be run after `forward`, as often as wanted. `inputs`: by the names of the graph's inputs. */
  backward: Record<'alone' | 'toInputs', ModuleBackward>;
  dispose(): void;
}

export interface ModuleBackward {
  /** Calls that end with the gradient, or with more added to it; compiled when they are first asked for. */
  calls(): Record<'all' | 'more', Recorded[]>;
  inputs: Map<string, Place>;
}

/** Null where a buffer would be longer than the device can bind. */
export function recordModule(
  device: GPUDevice,
  graph: Graph,
  layout: FlatLayout,
  batch: number,
  { state, gather }: Pick<DeviceOptimizer, 'state' | 'gather'>,
): ModulePass | null {
  const r = createRecording(device, graph, layout, batch, state.weights);
  const { at, calls, inputs, parts } = r;
  const places = recordForward(r);
  const output = places[graph.output];
  r.keep(output.data);
  const border = calls.length;
  const size = sizeOfShape(output.shape);
  const dOutput: Place = { shape: output.shape, data: r.input(at.target, batch * size) };

  const ways = ([[], Object.keys(at.values)] as string[][]).map((names) => {
    const first = calls.length;
    const found = recordBackward(r, places, dOutput, names);
    for (const { data } of found.values()) r.keep(data);
    return { first, last: calls.length, found, ...gather(parts, r.collected()) };
  });
  const dispose = () => {
    for (const buffer of r.buffers) buffer.destroy();
  };
  if (!r.finish(border)) {
    dispose();
    return null;
  }

  const recorder = recorderOf(device);
  const recorded = (from: number, to: number) =>
    calls.slice(from, to).map((call) => recorder.record(call));
  const [alone, toInputs] = ways.map(({ first, last, found, all, more }): ModuleBackward => {
    let made: ReturnType<ModuleBackward['calls']> | undefined;
    return {
      calls() {
        const way = made ? [] : recorded(first, last);
        made ??= {
          all: [...way, recorder.record(all)],
          more: [...way, recorder.record(more)],
        };
        return made;
      },
      inputs: found,
    };
  });
  return {
    ...{ batch, inputs, at },
    output: output.data,
    forward: recorded(0, border),
    backward: { alone, toInputs },
    dispose,
  };
}
