/**
 * Step-size control. Only the controller accepts or rejects: PI control after K. Gustafsson (ACM TOMS 17, 1991), with
 * the constants of Hairer and Wanner's codes.
 */
import { pow } from '../../math/elementary.ts';
export interface Verdict {
  readonly accept: boolean;
  /** Factor for the next step size. */
  readonly factor: number;
}

export interface Controller {
  /** Judges a trial step by its estimated error in units of the tolerance; NaN is a failure. */
  judge(error: number): Verdict;
  /** Forgets the history, at a discontinuity. */
  restart(): void;
}

export interface ControllerOptions {
  /** q where the estimated error is O(h^q). */
  readonly estimateOrder: number;
  /** Weight of the previous error, 0 (no memory) to about 0.1. */
  readonly memory: number;
  readonly safety: number;
  readonly smallest: number;
  readonly largest: number;
}

const DEFAULTS = { memory: 0, safety: 0.9, smallest: 0.2, largest: 6 };

/** Factor after a step that met numbers that are not finite: the error says nothing about the size to try. */
const FAILURE_FACTOR = 0.1;

export function piController(
  options: Pick<ControllerOptions, 'estimateOrder'> & Partial<ControllerOptions>,
): Controller {
  const { estimateOrder, memory, safety, smallest, largest } = { ...DEFAULTS, ...options };
  const exponent = 1 / estimateOrder - 0.75 * memory;
  let previous = 1e-4;
  let rejected = false;
  return {
    judge(error) {
      if (!(error < Infinity)) {
        rejected = true;
        return { accept: false, factor: FAILURE_FACTOR };
      }
      const base = safety * pow(Math.max(error, 1e-16), -exponent);
      if (error > 1) {
        rejected = true;
        return { accept: false, factor: Math.max(smallest, Math.min(safety, base)) };
      }
      const factor = Math.max(smallest, Math.min(rejected ? 1 : largest, base * pow(previous, memory)));
      previous = Math.max(error, 1e-4);
      rejected = false;
      return { accept: true, factor };
    },
    restart() {
      previous = 1e-4;
      rejected = false;
    },
  };
}
