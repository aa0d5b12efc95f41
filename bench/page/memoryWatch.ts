/** How much an engine holds: its WebAssembly memories as they are, its WebGPU buffers at their peak. */

const memories = new Set<WebAssembly.Memory>();
const gpu = { held: 0, peak: 0 };

/** To be called before any library is loaded. Memories that a module exports are seen too. */
export function watchMemory(): void {
  const Original = WebAssembly.Memory;
  WebAssembly.Memory = class extends Original {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memories.add(this);
    }
  };
  const instantiate = WebAssembly.instantiate;
  const note = (instance: WebAssembly.Instance | undefined) => {
    for (const value of Object.values(instance?.exports ?? {}))
      if (value instanceof Original) memories.add(value);
  };
  WebAssembly.instantiate = (async (...args: Parameters<typeof instantiate>) => {
    const result: unknown = await instantiate(...args);
    const { instance } = result as { instance?: WebAssembly.Instance };
    note(instance ?? (result as WebAssembly.Instance));
    return result;
  }) as typeof instantiate;
  if (typeof GPUDevice === 'undefined') return;
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    gpu.held += descriptor.size;
    gpu.peak = Math.max(gpu.peak, gpu.held);
    return createBuffer.call(this, descriptor);
  };
  const { destroy } = GPUBuffer.prototype;
  const gone = new WeakSet<GPUBuffer>();
  GPUBuffer.prototype.destroy = function () {
    if (!gone.has(this)) gpu.held -= this.size;
    gone.add(this);
    return destroy.call(this);
  };
}

export function heldBytes(): number {
  let bytes = gpu.peak;
  for (const memory of memories) bytes += memory.buffer.byteLength;
  return bytes;
}
