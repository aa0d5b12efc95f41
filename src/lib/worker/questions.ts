/** What comes back of questions that any recipe may answer. Pictures are NHWC Float32Array of length count·h·w·c. */
export interface PictureSize {
  count: number;
  height: number;
  width: number;
  channels: number;
}

export interface DrawResult extends PictureSize {
  images: Float32Array;
  /** Training steps that its network had taken; 0 for one that was loaded. */
  trained: number;
  /** Time that the drawing took by itself, without what ran between its steps. */
  seconds: number;
}

export interface MemoryInfo {
  numTensors: number;
  numBytes: number;
}
