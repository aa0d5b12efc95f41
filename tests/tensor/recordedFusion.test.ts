/** What the WebGPU engine sees in a graph, and what it does not take. */
import { expect, it } from 'vitest';
import { type Builder, buildGraph } from '../../src/lib/tensor/graph/build.ts';
import { fitsRecording, fuse } from '../../src/lib/tensor/kernels/webgpu/fusion.ts';
import { unet } from '../../src/lib/tensor/networks/unet.ts';

const image = (c: number) => ({ h: 4, w: 4, c });
const vector = (c: number) => ({ h: 1, w: 1, c });

it('the rows of all blocks of a UNet are one bank', () => {
  const graph = unet({
    ...({ kind: 'unet', imageSize: 28, channels: 1, base: 16 } as const),
    ...{ multipliers: [1, 2, 2], groups: 8, classes: 10 },
  });
  expect(fitsRecording(graph)).toBe(true);
  const { banks, unwritten, putOff } = fuse(graph);
  const sizes = [...new Set(banks.values())].map(({ members, rows }) => [members.length, rows]);
  expect(sizes).toEqual([
    [1, false],
    [1, false],
    [7, true],
  ]);
  const ops = [...unwritten].map((value) => graph.nodes[value].op);
  expect(ops).toEqual(['silu', 'silu', 'up', 'up']);
  expect([...putOff].map((value) => graph.nodes[value].op)).toEqual(['dense']);
});

it('a value that somebody else looks at is written', () => {
  const graph = buildGraph((b) => {
    const h = b.silu(b.dense('one', 4, 4)(b.input('x', vector(4))));
    const row = b.dense('two', 4, 8)(h);
    const images = b.conv('conv', 1, 3, 8)(b.input('image', image(3)), { row });
    const other = b.conv('other', 1, 8, 8)(images, { row });
    return b.join(b.up(b.pool(images)), b.add(b.up(b.pool(other)), images));
  });
  const { unwritten, banks } = fuse(graph);
  // The doubled images of the sum are; two convolutions read the row.
  expect([...unwritten].map((value) => graph.nodes[value].op)).toEqual(['silu', 'up']);
  expect([...banks.values()].every(({ rows }) => !rows)).toBe(true);
  const output = buildGraph((b) => b.silu(b.dense('one', 4, 4)(b.input('x', vector(4)))));
  expect(fuse(output).unwritten.size).toBe(0);
});

it.each<[string, (b: Builder) => number]>([
  [
    'a branch that leads nowhere',
    (b) => {
      const x = b.input('x', image(4));
      b.conv('aside', 1, 4, 4)(x);
      return b.conv('conv', 1, 4, 4)(x);
    },
  ],
  ['groups of more channels than fit', (b) => b.norm('norm', 32, 1)(b.input('x', image(32)))],
  ['no parameters', (b) => b.pool(b.input('x', image(4)))],
])('what runs op by op: %s', (_name, build) => {
  expect(fitsRecording(buildGraph(build))).toBe(false);
});
