/**
 * Drawing pictures, as every Sample button, the film and the bench do it: step by step, with messages and training steps let
 * in between.
 */
import type { Drawing } from '../tensor/recipes/recipe.ts';
import { type Post, seconds } from './liveRun.ts';
import { nextTask } from './nextTask.ts';
import type { DrawRequest, DrawResult } from './protocol.ts';

/** Draws to the end; each frame of a trajectory is posted. `check` may end it by throwing. `trained`: steps its network had taken. */
export async function drawFrames(
  id: number,
  { shape, total, frames }: Drawing,
  { count, trajectory }: Pick<DrawRequest, 'count' | 'trajectory'>,
  trained: number,
  post: Post,
  check: () => void = () => {},
): Promise<DrawResult> {
  const [height, width, channels] = shape;
  const size = { count, height, width, channels };
  let images = new Float32Array(0);
  let spent = 0;
  let index = 0;
  try {
    for (;;) {
      const began = seconds();
      const { value: frame, done } = await frames.next();
      spent += seconds() - began;
      if (done) break;
      check();
      index++;
      if (frame) images = frame.x.slice();
      if (frame && trajectory) {
        const { x, guess } = frame;
        const sent = guess ? [x.buffer, guess.buffer] : [x.buffer];
        post({ type: 'frame', id, index, total, ...frame, ...size }, sent);
      }
      await nextTask();
    }
  } finally {
    await frames.return();
  }
  return { images, ...size, trained, seconds: spent };
}
