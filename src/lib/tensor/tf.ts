/** The one TensorFlow.js function that the worker needs around the tensor floor, so that it imports no package. */
export { memory } from '@tensorflow/tfjs-core';
