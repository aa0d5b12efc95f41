/**
 * What a network is asked, and how its answer is judged. A training step of any objective is
 *   t ~ law,   x_t = signal·x_0 + noise·ε,   loss = weight(t)·mean (target − network(input(t)·x_t, told(t)))²,
 * with ε ~ N(0, I), and one row of `TARGETS` for the target. How the answer is read (x̂_0, ε̂) is that target's `conversion`.
 */
import type { PredictionKind, Target, TargetOptions } from '../process/parameterization.ts';
import type { Process } from '../process/process.ts';
import type { Schedule } from '../process/schedule.ts';

export interface Objective {
  readonly process: Process;
  /** What makes x_t, where a program gets it wrong; left out: the process. */
  readonly forward?: Process;
  readonly target: Target;
  readonly targetOptions?: TargetOptions;
  /** The law of t: its quantile at part/of, 0 ≤ part < of. One from each of equal parts is the same law, with less variance. */
  timeAt(part: number, of?: number): number;
  /** Factor of the squared error, of mean 1 over the law: a learning rate means the same under every objective. */
  weight(t: number): number;
  /** The same for t = 0…T as a table, where the process is a schedule's chain; entry 0 is not used. */
  readonly weights?: Float64Array;
  /** Factor of x_t before the network sees it. */
  input(t: number): number;
  /** Answers of the network for each number of the data: two where `loss` reads a second one; left out: one. */
  readonly answers?: 2;
  /** The loss of one image where it is no weighted squared error of the only answer. */
  loss?(image: AnsweredImage): ImageLoss;
  /** The time that the network is told, in units of which `T` make the whole range of its time embedding. */
  told(t: number): number;
  readonly T: number;
}

/** An image at t, flat, its channels side by side in each pixel, and what the network answered. */
export interface AnsweredImage {
  readonly t: number;
  readonly channels: number;
  readonly x0: ArrayLike<number>;
  readonly epsilon: ArrayLike<number>;
  /** signal·x_0 + noise·ε */
  readonly xt: ArrayLike<number>;
  /** In each pixel the channels of the first answer, then those of the second. */
  readonly output: ArrayLike<number>;
}

/** Where in `output` a number of the image stands in the first answer, 0, or the second, 1. */
export const answerPlace = (k: number, channels: number, which: 0 | 1): number =>
  2 * k - (k % channels) + which * channels;

export interface ImageLoss {
  readonly loss: number;
  /** mean (target − first answer)² */
  readonly squaredError: number;
  /** What the network is to follow down; that of `loss` but for what the objective holds fixed. Like `output`. */
  readonly gradient: Float64Array;
}

/** What of a run an objective asks for; one with a path of its own asks for neither schedule nor prediction. */
export interface ObjectiveSetting {
  readonly schedule: Schedule;
  readonly prediction: PredictionKind;
  /** Standard deviation of the data, for EDM; 0.5 as in its code. */
  readonly sigmaData?: number;
  /** Grey levels of the data, ascending, for the decoder of the bound; default 256 even ones. */
  levels?(): readonly number[];
}

export interface ObjectiveKind {
  /** What the book calls it. */
  readonly label: string;
  on(setting: ObjectiveSetting): Objective;
}
