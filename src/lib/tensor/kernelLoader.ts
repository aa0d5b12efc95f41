/**
 * Loads our kernels for a backend, if there are any. Each kernels/<backend>/index.ts exports `register()`, which
 * registers kernels (ops/fused.ts) and an optimiser, and describes them in a few words, e.g. 'ours (SIMD, 2 threads)'.
 */
import type { BackendName } from './options.ts';

interface KernelModule {
  register(): Promise<string> | string;
}

const modules = import.meta.glob<KernelModule>('./kernels/*/index.ts');
const loaded = new Map<BackendName, Promise<string>>();

/** `loaded` is false, with the reason in `description`, where only stock ops run. */
export async function loadKernels(
  name: BackendName,
): Promise<{ loaded: boolean; description: string }> {
  const load = modules[`./kernels/${name}/index.ts`];
  if (!load) return { loaded: false, description: 'stock' };
  try {
    let registered = loaded.get(name);
    if (!registered) {
      registered = load().then((module) => module.register());
      loaded.set(name, registered);
      // What failed once is tried again with the next start.
      registered.catch(() => loaded.delete(name));
    }
    return { loaded: true, description: await registered };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { loaded: false, description: `stock (our kernels would not start: ${why})` };
  }
}
