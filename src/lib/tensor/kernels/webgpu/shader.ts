/**
 * A compute shader of ours as plain data, and one call of it. The same calls run op by op inside TensorFlow.js
 * (device.ts) and as recorded passes (passes.ts).
 *
 * Bindings: 0 is the uniform struct `p`, the rest are storage buffers in the order of `buffers`. The layout is explicit,
 * so a buffer or uniform that the shader happens not to use cannot fail to bind (with an automatic layout it does,
 * and the shader answers zeros in silence).
 */

export interface Buffer {
  name: string;
  type: 'f32' | 'vec4f' | 'u32';
  write?: boolean;
}

export const read = (name: string, type: Buffer['type'] = 'f32'): Buffer => ({ name, type });
export const write = (name: string): Buffer => ({ name, type: 'f32', write: true });

export interface ShaderSource {
  /** Unique for the generated text. */
  key: string;
  /** Members of the uniform struct; i32 unless `floats` says f32. */
  uniforms: readonly string[];
  floats?: readonly string[];
  buffers: readonly Buffer[];
  /** Invocations of a workgroup. */
  workgroup: number;
  /** Declarations at module scope. */
  declarations?: string;
  /** Body of main; `id`, `group` and `local` are i32. */
  body: string;
}

export interface Slice {
  buffer: GPUBuffer;
  /** Bytes, a multiple of 256. */
  offset?: number;
  size?: number;
}

export interface Call {
  source: ShaderSource;
  uniforms: Record<string, number>;
  bindings: Slice[];
  /** Workgroups. */
  groups: number;
}

const ACROSS = 32768;

export const ceilDiv = (a: number, b: number) => Math.floor((a + b - 1) / b);

/** Workgroups in two dimensions, since one dimension ends at 65,535. */
export function gridOf(groups: number): [number, number] {
  return [Math.min(groups, ACROSS), ceilDiv(groups, ACROSS)];
}

export function shaderText(source: ShaderSource): string {
  const { uniforms, floats = [], buffers, workgroup, declarations = '', body } = source;
  const members = uniforms.map((name) => `${name}: ${floats.includes(name) ? 'f32' : 'i32'}`);
  const storage = buffers.map(
    ({ name, type, write }, i) =>
      `@group(0) @binding(${i + 1}) var<storage, ${write ? 'read_write' : 'read'}> ${name}: array<${type}>;`,
  );
  return `struct Uniforms { ${members.join(', ')} }
@group(0) @binding(0) var<uniform> p: Uniforms;
${storage.join('\n')}
${declarations}
@compute @workgroup_size(${workgroup})
fn main(@builtin(workgroup_id) groupId: vec3u, @builtin(local_invocation_index) localId: u32) {
  let group = i32(groupId.x + groupId.y * ${ACROSS}u);
  let local = i32(localId);
  let id = group * ${workgroup} + local;
${body}
}`;
}

/** Uniforms as bytes. */
export function uniformBytes(
  { uniforms, floats = [] }: ShaderSource,
  values: Record<string, number>,
): ArrayBuffer {
  const bytes = new ArrayBuffer(ceilDiv(uniforms.length * 4, 16) * 16);
  const view = new DataView(bytes);
  uniforms.forEach((name, i) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the shader's uniform "${name}" has no value`);
    if (floats.includes(name)) view.setFloat32(4 * i, value, true);
    else view.setInt32(4 * i, value, true);
  });
  return bytes;
}

interface Pipeline {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
}

export interface Recorded {
  pipeline: GPUComputePipeline;
  group: GPUBindGroup;
  grid: [number, number];
}

const recorders = new WeakMap<GPUDevice, Recorder>();

/** The recorder of a device: what one part of the program has compiled serves all. */
export function recorderOf(device: GPUDevice): Recorder {
  let recorder = recorders.get(device);
  if (!recorder) {
    recorder = createRecorder(device);
    recorders.set(device, recorder);
  }
  return recorder;
}

/** Compiles shaders once, and turns calls into what a compute pass takes. */
function createRecorder(device: GPUDevice) {
  const pipelines = new Map<string, Pipeline>();
  const uniforms = new Map<string, GPUBuffer>();

  function pipelineOf(source: ShaderSource): Pipeline {
    const known = pipelines.get(source.key);
    if (known) return known;
    const visibility = GPUShaderStage.COMPUTE;
    const layout = device.createBindGroupLayout({
      entries: [
        { binding: 0, visibility, buffer: { type: 'uniform' as const } },
        ...source.buffers.map(({ write }, i) => ({
          binding: i + 1,
          visibility,
          buffer: { type: write ? ('storage' as const) : ('read-only-storage' as const) },
        })),
      ],
    });
    const module = device.createShaderModule({ code: shaderText(source), label: source.key });
    const pipeline = device.createComputePipeline({
      label: source.key,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main' },
    });
    pipelines.set(source.key, { pipeline, layout });
    return { pipeline, layout };
  }

  /** Calls with equal uniforms share one small buffer, so that nothing is uploaded when a shape comes again. */
  function uniformsOf(call: Call): GPUBuffer {
    const bytes = uniformBytes(call.source, call.uniforms);
    const key = new Int32Array(bytes).join();
    const known = uniforms.get(key);
    if (known) return known;
    const buffer = device.createBuffer({
      size: bytes.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(buffer, 0, bytes);
    uniforms.set(key, buffer);
    return buffer;
  }

  return {
    record(call: Call, own?: GPUBuffer): Recorded {
      const { pipeline, layout } = pipelineOf(call.source);
      const resources: GPUBufferBinding[] = [{ buffer: own ?? uniformsOf(call) }, ...call.bindings];
      const group = device.createBindGroup({
        layout,
        entries: resources.map((resource, binding) => ({ binding, resource })),
      });
      return { pipeline, group, grid: gridOf(call.groups) };
    },
  };
}

export type Recorder = ReturnType<typeof createRecorder>;

/** Adds recorded calls to an encoder as one compute pass. */
export function encode(encoder: GPUCommandEncoder, calls: readonly Recorded[]): void {
  const pass = encoder.beginComputePass();
  for (const { pipeline, group, grid } of calls) {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(...grid);
  }
  pass.end();
}
