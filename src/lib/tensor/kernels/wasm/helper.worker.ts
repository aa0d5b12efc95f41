/** A helper thread of a plan: binds the kernels to the shared memory and serves until the plan is disposed. */
import { bindKernels } from './abi.ts';
import type { HelperStart } from './plan.ts';

self.onmessage = ({ data }: MessageEvent<HelperStart>) => {
  bindKernels(data.module, data.memory, data.stackTop).serve(data.plan, data.thread);
};
