/** Instructions of kernels/src/program.c, each through a plan of its own: operands, groups of images, and the plan's rows. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { attentionScratch } from '../../src/lib/tensor/kernels/wasm/abi.ts';
import { type Commands, emit } from '../../src/lib/tensor/kernels/wasm/instructions.ts';
import { bench, difference } from './support.ts';

/** Fields of struct plan, in their order: a word each. */
const FIELDS = readFileSync('kernels/src/plan.h', 'utf8')
  .split('struct plan {')[1]
  .split('};')[0]
  .replace(/\/\/.*/g, '')
  .split(/[;,]/)
  .flatMap((declaration) => declaration.match(/(\w+)\s*$/)?.[1] ?? []);

/** Floats of the arena that the commands use. */
const ARENA = 4096;

/** Memory with a plan in it, and a run of commands for `images` images in groups of two. */
function machine(kind: 'simd' | 'relaxed', batch: number) {
  const memory = bench(kind);
  const { kernels, take, heap } = memory;
  const words = new Int32Array(heap.buffer);
  const putWords = (values: number[]) => {
    const address = take(values.length);
    words.set(values, address / 4);
    return address;
  };
  const plan = putWords(FIELDS.map(() => 0));
  const setField = (name: string, value: number) => {
    words[plan / 4 + FIELDS.indexOf(name)] = value;
  };
  const arena = take(ARENA);
  setField('arena', arena);
  setField('group', 2);
  setField('batch', batch);
  function run(commands: Commands): void {
    const program: Commands = [...commands];
    emit(program, 'END');
    const items = putWords([putWords(program), 0, 0, batch, -1, 0]);
    kernels.publish_job(plan, putWords([0, 0, 1, items]), 1, 0);
    kernels.run_job(plan, 0);
  }
  return { ...memory, arena, putWords, setField, run };
}

const random = (seed: string, count: number) => createRng(seed).fillNormal(new Float32Array(count));

describe.each(['simd', 'relaxed'] as const)('%s instructions', (kind) => {
  it('LOAD, COPY and STORE carry rows of the batch through slices of wider images', () => {
    const [batch, pixels, c] = [5, 6, 3];
    const { put, take, get, intact, heap, arena, run } = machine(kind, batch);
    const x = random('load', batch * pixels * c);
    const [from, to] = [put(x), take(x.length)];
    const commands: Commands = [];
    // Channels 4…7 of 12, then channels 0…3 of 8, each in images of their own distance.
    heap.fill(7, arena / 4, arena / 4 + ARENA);
    emit(commands, 'LOAD', 16, 12, pixels, c, from);
    const [wide, narrow] = [
      [16, 12, 12 * pixels],
      [2048, 8, 8 * pixels + 4],
    ];
    emit(commands, 'COPY', ...wide, ...narrow, pixels, c, 4);
    // Images without padding, one after the other.
    emit(commands, 'COPY', ...narrow, 4096, c, pixels * c, pixels, c, c);
    emit(commands, 'STORE', 4096, c, pixels, c, to);
    run(commands);
    expect(get(to, x.length)).toEqual(x);
    // What the last group, of one image, and the group before it have left: pads are zeros, neighbours as they were.
    const image = get(arena + 16, 12 * pixels);
    for (let p = 0; p < pixels; p++) {
      expect(image.slice(12 * p, 12 * p + 4)).toEqual(
        Float32Array.from([...x.slice((4 * pixels + p) * c, (4 * pixels + p + 1) * c), 0]),
      );
      expect([...image.slice(12 * p + 4, 12 * p + 12)]).toEqual(Array(8).fill(7));
    }
    expect([...get(arena, 4)]).toEqual([7, 7, 7, 7]);
    const copied = get(arena + 2048, 8 * pixels + 4);
    for (let p = 0; p < pixels; p++)
      expect([...copied.slice(8 * p + 4, 8 * p + 8)]).toEqual(Array(4).fill(7));
    expect(intact()).toBe(true);
  });

  it('LOAD takes single channels without padding', () => {
    const { put, take, get, run } = machine(kind, 3);
    const x = random('single', 3 * 5);
    const to = take(x.length);
    const commands: Commands = [];
    emit(commands, 'LOAD', 0, 1, 5, 1, put(x));
    emit(commands, 'STORE', 0, 1, 5, 1, to);
    run(commands);
    expect(get(to, x.length)).toEqual(x);
  });

  it('SPREAD doubles images, and GATHER is its gradient', () => {
    const [batch, h, w, c] = [3, 2, 3, 4];
    const { put, take, get, intact, run } = machine(kind, batch);
    const large = 4 * h * w;
    const [x, dy] = [random('x', batch * h * w * c), random('dy', batch * large * c)];
    const [px, pdy, y, dx] = [put(x), put(dy), take(dy.length), take(x.length)];
    const [small, wide] = [
      [0, c, h * w * c],
      [1024, c, large * c],
    ];
    const commands: Commands = [];
    emit(commands, 'LOAD', 0, c, h * w, c, px);
    emit(commands, 'SPREAD', ...small, ...wide, 2 * h, 2 * w, c, 0, 0);
    emit(commands, 'STORE', 1024, c, large, c, y);
    emit(commands, 'LOAD', 1024, c, large, c, pdy);
    emit(commands, 'GATHER', ...wide, ...small, 2 * h, 2 * w, c);
    emit(commands, 'STORE', 0, c, h * w, c, dx);
    run(commands);
    const expected = new Float64Array(x.length);
    get(y, dy.length).forEach((value, i) => {
      const [channel, pixel] = [i % c, Math.floor(i / c)];
      const [column, row] = [pixel % (2 * w), Math.floor(pixel / (2 * w))];
      const at = ((row >> 1) * w + (column >> 1)) * c + channel;
      expect(value).toBe(x[at]);
      expected[at] += dy[i];
    });
    expect(difference(get(dx, x.length), expected)).toBeLessThan(2e-7);
    expect(intact()).toBe(true);
  });

  it('WAVES and WAVES_BACK are the kernels', () => {
    const [batch, n] = [3, 2];
    const { kernels, put, take, get, intact, run } = machine(kind, batch);
    const [x, dy, before] = ['x', 'dy', 'dx'].map((name, i) => random(name, batch * [n, 10, n][i]));
    const [px, pdy, pBefore] = [x, dy, before].map(put);
    const [y, dx] = [take(batch * 10), take(batch * n)];
    const commands: Commands = [];
    emit(commands, 'LOAD', 0, 4, 1, n, px);
    emit(commands, 'LOAD', 64, 12, 1, 10, pdy);
    emit(commands, 'LOAD', 256, 4, 1, n, pBefore);
    emit(commands, 'WAVES', 0, 4, 512, 12, n);
    emit(commands, 'WAVES_BACK', 512, 12, 64, 12, 256, 4, n, 1);
    emit(commands, 'STORE', 512, 12, 1, 10, y);
    emit(commands, 'STORE', 256, 4, 1, n, dx);
    run(commands);
    const [alone, gradient] = [take(batch * 12), put(before)];
    kernels.waves_forward(px, n, alone, 12, batch, n);
    for (let i = 0; i < batch; i++) {
      expect(get(y + 40 * i, 10)).toEqual(get(alone + 48 * i, 10));
      kernels.waves_backward(alone + 48 * i, 12, pdy + 40 * i, 10, gradient + 8 * i, n, 1, n, 1);
    }
    expect(get(dx, batch * n)).toEqual(get(gradient, batch * n));
    expect(intact()).toBe(true);
  });

  it('ATTENTION and ATTENTION_BACK are the kernels', () => {
    const [batch, pixels, c, heads] = [3, 5, 4, 2];
    const { kernels, put, take, get, intact, run } = machine(kind, batch);
    const [row, out] = [pixels * 3 * c, pixels * c];
    const [x, dy, before] = ['x', 'dy', 'dx'].map((name) => random(name, batch * row));
    const [px, pdy, pBefore] = [x, dy.subarray(0, batch * out), before].map(put);
    const [y, dx] = [take(batch * out), take(batch * row)];
    // Byte offsets of images for groups of two, and of scratch.
    const [at, dyAt, dxAt, yAt, scratch] = [0, 1024, 2048, 3072, 4096];
    const images: [number, number, number] = [at, 3 * c, row];
    const [gradient, into] = [
      [dyAt, c, out],
      [dxAt, 3 * c, row],
    ];
    const commands: Commands = [];
    emit(commands, 'LOAD', at, 3 * c, pixels, 3 * c, px);
    emit(commands, 'LOAD', dyAt, c, pixels, c, pdy);
    emit(commands, 'LOAD', dxAt, 3 * c, pixels, 3 * c, pBefore);
    emit(commands, 'ATTENTION', ...images, yAt, c, out, pixels, c, heads, scratch);
    emit(commands, 'STORE', yAt, c, pixels, c, y);
    const back = [...images, ...gradient, ...into];
    emit(commands, 'ATTENTION_BACK', ...back, pixels, c, heads, 1, scratch);
    emit(commands, 'STORE', dxAt, 3 * c, pixels, 3 * c, dx);
    run(commands);
    const [alone, added] = [take(batch * out), put(before)];
    const room = take(attentionScratch(pixels, c / heads));
    const shape = [batch, pixels, c, heads];
    kernels.attention_forward(px, 3 * c, row, alone, c, out, ...shape, room);
    kernels.attention_backward(
      ...[px, 3 * c, row, pdy, c, out, added, 3 * c, row, ...shape, 1, room],
    );
    expect(get(y, batch * out)).toEqual(get(alone, batch * out));
    expect(get(dx, batch * row)).toEqual(get(added, batch * row));
    expect(intact()).toBe(true);
  });

  it('CROSS_ENTROPY takes labels and weights from the plan, and leaves errors there', () => {
    const [batch, n] = [5, 10];
    const { kernels, put, take, putWords, get, intact, setField, run } = machine(kind, batch);
    const [logits, weights] = [random('logits', batch * n), random('weights', batch)];
    const labels = [3, 0, 9, 9, 5];
    const [p, errors, d] = [put(logits), take(batch), take(batch * n)];
    setField('labels', putWords(labels));
    setField('weights', put(weights));
    setField('errors', errors);
    const commands: Commands = [];
    emit(commands, 'LOAD', 0, 12, 1, n, p);
    emit(commands, 'CROSS_ENTROPY', 0, 12, 12, 512, 16, 16, n);
    emit(commands, 'STORE', 512, 16, 1, n, d);
    run(commands);
    const row = take(n);
    labels.forEach((label, i) => {
      const scale = Math.fround(weights[i] / batch);
      const loss = kernels.cross_entropy(p + 4 * n * i, label, row, n, n, scale);
      expect(get(errors, batch)[i]).toBe(loss);
      expect(get(d + 4 * n * i, n)).toEqual(get(row, n));
    });
    expect(intact()).toBe(true);
  });
});
