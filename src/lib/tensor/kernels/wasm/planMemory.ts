/**
 * The memory of a plan and the structures of kernels/src/plan.h in it: control block, parameters, optimizer state,
 * inputs and outputs, prepared weights, gradient accumulators, one arena per thread. It is ours alone; TensorFlow.js's
 * memory is not touched.
 */
import { type Graph, sizeOfShape } from '../../graph/node.ts';
import type { FusedLoss } from '../../module.ts';
import { STACK_BYTES, TILES } from './abi.ts';
import { fuse } from './fusion.ts';
import { graphWeights } from './graphWeights.ts';
import { type Commands, emit } from './instructions.ts';
import { compileGraph, outputFloats, type ProgramKind } from './program.ts';
import { planWeights } from './weightPlan.ts';

export interface PlanShape {
  /** Images of a training step. */
  batch: number;
  threads: number;
  /** Gradient accumulators: work is dealt out shard by shard, and sums do not depend on the number of threads. */
  shards: number;
  /** Images that go through the network together. */
  group: number;
  /** Inputs whose gradients are asked for; their programs are compiled where the list is given. */
  wanted?: readonly string[];
  /** Of a training step; default: squared error. */
  loss?: FusedLoss;
}

/** Word index of each field of struct plan. */
const FIELDS = [
  ...['epoch', 'quit', 'mayBlock', 'phaseCount', 'phases', 'group', 'maxTiles', 'arena'],
  ...['arenaBytes', 'shards', 'shardBytes', 'target', 'labels', 'weights'],
  ...['errors', 'batch', 'source', 'params', 'gradient', 'm', 's', 'ema', 'squares'],
  ...['squareCount', 'clipNorm', 'rate', 'root', 'beta1', 'beta2', 'epsilon', 'emaStep'],
] as const;

const PAGE = 65536;
/** A forward job takes at least this many images, however small the training batch: each job costs a round of all threads. */
const FORWARD_IMAGES = 64;
const PHASE_WORDS = 4;
/** struct item of kernels/src/plan.h. */
export const ITEM_WORDS = 6;

/**
 * One piece of work: a command list, once (images 0) or for some images, whose gradients are added to those of item
 * `after` of the same phase.
 */
export interface Item {
  commands: Commands;
  shard: number;
  first: number;
  images: number;
  after: number;
}

export interface PlanMemory {
  memory: WebAssembly.Memory;
  control: number;
  stackTops: number[];
  address: Record<string, number>;
  parameters: number;
  /** Floats of one image, by input, and of its output. */
  inputs: Record<string, number>;
  output: number;
  /** The most images that one forward job takes. */
  capacity: number;
  word(field: string): number;
  setWord(field: string, value: number): void;
  setFloat(field: string, value: number): void;
  floats(region: string, count: number): Float32Array<ArrayBuffer>;
  labels(): Int32Array;
  /** Addresses of phase arrays. */
  phases: { train: number; forward: number; backward: number };
  /** Deals `count` images of a forward job out to items; says how many. */
  dealForward(count: number): void;
}

/** Images 0…count−1 in `parts` nearly equal runs. */
function runs(count: number, parts: number): { first: number; images: number }[] {
  const result = [];
  for (let i = 0; i < parts; i++) {
    const first = Math.floor((i * count) / parts);
    const images = Math.floor(((i + 1) * count) / parts) - first;
    if (images > 0) result.push({ first, images });
  }
  return result;
}

/**
 * The images of each accumulator in pieces, all first pieces before all second ones, so that none has to wait long for the
 * one before it. A piece is half of what is left, in whole groups: large ones first, because an accumulator that stays is
 * in the cache; small ones last, so that threads which are not equally fast finish together. Where an accumulator has one
 * group only, the last quarter of them take it image by image. Nothing here depends on the number of threads, so neither do sums.
 */
export function deal(batch: number, shards: number, group: number): Omit<Item, 'commands'>[] {
  const pieces = runs(batch, shards).map(({ first, images }, shard) => {
    const smallest = shard >= 0.75 * shards && images <= group ? 1 : group;
    const list: Omit<Item, 'commands' | 'after'>[] = [];
    for (let at = 0; at < images; ) {
      const left = images - at;
      const size = Math.min(left, smallest * Math.ceil(left / 2 / smallest));
      list.push({ shard, first: first + at, images: size });
      at += size;
    }
    return list;
  });
  const items: Omit<Item, 'commands'>[] = [];
  for (let round = 0; round < Math.max(...pieces.map(({ length }) => length)); round++)
    for (const piece of pieces.flatMap((list) => list[round] ?? []))
      items.push({ ...piece, after: items.findLastIndex(({ shard }) => shard === piece.shard) });
  return items;
}

export function createPlanMemory(graph: Graph, shape: PlanShape, shared: boolean): PlanMemory {
  const { batch, threads, group, wanted, loss } = shape;
  const capacity = Math.max(batch, FORWARD_IMAGES);
  const { specs } = graph;
  const parameters = specs.reduce((n, { shape: s }) => n + s.reduce((a, b) => a * b, 1), 0);
  const inputs: Record<string, number> = {};
  for (const node of graph.nodes)
    if (node.op === 'input') inputs[node.from] = sizeOfShape(node.shape);
  const output = outputFloats(graph);
  const shards = runs(batch, shape.shards).length;

  // A first pass measures; the second one knows its addresses.
  const fusion = fuse(graph, wanted ?? []);
  const measured = planWeights(specs, 0, 0, shards);
  graphWeights(graph, fusion, measured);

  let end = PAGE;
  const address: Record<string, number> = {};
  const place = (name: string, bytes: number) => {
    address[name] = end;
    end += Math.ceil((bytes + 64) / 64) * 64;
    return address[name];
  };
  place('control', 4 * FIELDS.length);
  // `frozen`: the weights of a snapshot, while its images are drawn.
  for (const name of ['params', 'gradient', 'm', 's', 'ema', 'frozen']) place(name, 4 * parameters);
  place('squares', 4 * measured.squareCount());
  const each = (names: readonly string[], prefix: string, images: number) =>
    Object.fromEntries(
      names.map((name) => [name, place(prefix + name, 4 * images * inputs[name])]),
    );
  const regions = {
    inputs: each(Object.keys(inputs), 'in ', capacity),
    gradients: each(wanted ?? [], 'd ', batch),
    output: place('prediction', 4 * capacity * output),
    target: place('target', 4 * batch * output),
  };
  place('labels', 4 * capacity);
  for (const name of ['weights', 'errors']) place(name, 4 * batch);
  place('prepared', measured.preparedBytes());
  place('shards', shards * measured.shardBytes());

  const plan = planWeights(specs, address.prepared, address.shards, shards);
  const weights = graphWeights(graph, fusion, plan);
  const compile = (kind: ProgramKind) =>
    compileGraph(graph, fusion, weights, group, regions, kind, loss);
  const train = compile('train');
  const forward = compile('forward');
  const backward = wanted ? compile('backward') : null;
  const arenaBytes =
    Math.max(...[train, forward, backward].map((program) => program?.arenaBytes ?? 0)) + 64;
  place('arena', threads * arenaBytes);
  place('stacks', threads * STACK_BYTES);

  const END = 0;
  const once = (commands: Commands): Item => ({
    commands: [...commands, END],
    shard: 0,
    first: 0,
    images: 0,
    after: -1,
  });
  const adam: Commands[] = [];
  const chunk = Math.ceil(parameters / 4 / threads / 2) * 4;
  for (let from = 0; from < parameters; from += chunk) {
    const commands: Commands = [];
    emit(commands, 'ADAM', from, Math.min(chunk, parameters - from));
    adam.push(commands);
  }
  const ofForward = (count: number): Item[] =>
    runs(count, Math.max(Math.min(count, 2 * threads), Math.ceil(count / group))).map((run) => ({
      commands: forward.commands,
      shard: 0,
      ...run,
      after: -1,
    }));
  const packing = plan.pack.map(once);
  const dealt = ({ commands }: { commands: Commands }) =>
    deal(batch, shards, group).map((item) => ({ commands, ...item }));
  const update = adam.map(once);
  const jobs = {
    train: [packing, dealt(train), plan.unpack.map(once), update],
    forward: [packing, ofForward(capacity)],
    /** Up to the gradient, and then the update alone. */
    backward: backward ? [packing, dealt(backward), plan.unpack.map(once), update] : [],
  };

  // Programs, items and phases lie after the rest; lists that several items share are stored once.
  const programs = new Map<Commands, number>();
  const tables: { at: number; words: number[] }[] = [];
  const store = (words: number[]) => {
    const at = end;
    place('table', 4 * words.length);
    tables.push({ at, words });
    return at;
  };
  const program = (commands: Commands) => {
    const known = programs.get(commands) ?? store(commands);
    programs.set(commands, known);
    return known;
  };
  const itemWords = (items: Item[]) =>
    items.flatMap(({ commands, shard, first, images, after }) => [
      ...[program(commands), shard, first, images],
      ...[after, 0],
    ]);
  const job = (phases: Item[][]) =>
    store(phases.flatMap((items) => [0, 0, items.length, store(itemWords(items))]));
  const phases = {
    train: job(jobs.train),
    forward: job(jobs.forward),
    backward: job(jobs.backward),
  };

  const pages = Math.ceil(end / PAGE) + 1;
  const memory = new WebAssembly.Memory(
    shared ? { initial: pages, maximum: pages, shared: true } : { initial: pages },
  );
  const words = new Int32Array(memory.buffer);
  const reals = new Float32Array(memory.buffer);
  for (const { at, words: values } of tables) words.set(values, at / 4);
  const at = (field: string) => {
    const index = (FIELDS as readonly string[]).indexOf(field);
    if (index < 0) throw new Error(`struct plan has no field "${field}"`);
    return address.control / 4 + index;
  };
  const setWord = (field: string, value: number) => {
    words[at(field)] = value;
  };
  for (const name of Object.keys(address))
    if ((FIELDS as readonly string[]).includes(name)) setWord(name, address[name]);
  setWord('group', group);
  setWord('maxTiles', TILES);
  setWord('arenaBytes', arenaBytes);
  setWord('shardBytes', plan.shardBytes());
  setWord('batch', batch);
  setWord('source', address.params);
  setWord('squareCount', plan.squareCount());

  return {
    memory,
    control: address.control,
    stackTops: Array.from({ length: threads }, (_, i) => address.stacks + (i + 1) * STACK_BYTES),
    address,
    parameters,
    inputs,
    output,
    capacity,
    word: (field) => words[at(field)],
    setWord,
    setFloat: (field, value) => {
      reals[at(field)] = value;
    },
    floats: (region, count) =>
      new Float32Array(memory.buffer as ArrayBuffer, address[region], count),
    labels: () => new Int32Array(memory.buffer, address.labels, capacity),
    phases,
    dealForward(count) {
      const phase = phases.forward / 4 + PHASE_WORDS;
      const items = ofForward(count);
      words[phase + 2] = items.length;
      items.forEach(({ first, images }, i) => {
        words.set([first, images], words[phase + 3] / 4 + i * ITEM_WORDS + 2);
      });
    },
  };
}
