/** The few TensorFlow.js functions that the worker needs around the tensor floor, so that it imports no package. */
export { backend, keep, memory, mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
