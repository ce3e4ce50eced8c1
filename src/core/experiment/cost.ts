/**
 * What the work of a kind costs: of an engine, of a theory curve. Each has rates of its own, in seconds per something of
 * which it knows how often it does it; they are measured on the machine at hand by pieces of the real work.
 */
import { outputsOf } from '../loss/loss-spec.ts';
import { type Experiment } from './schema.ts';
import { type Setup } from './setup.ts';

/** Seconds of the parts of the work on one thread, by name. */
export type Rates = Readonly<Record<string, number>>;

/** A small experiment: classes with one flat mean each in isotropic noise, logistic loss for two of them, softmax for more. */
export interface Piece {
  readonly horizon: number;
  /** 1000 without. */
  readonly dimension?: number;
  /** 2 without. */
  readonly classes?: number;
  /** 1 without. */
  readonly batchSize?: number;
  /** Labels of a teacher's sign, flipped or not; the classes without. */
  readonly teacher?: boolean;
}

/** Where rates are measured. */
export interface Bench {
  setup(piece: Piece): Setup;
  /** Seconds of a piece of work, done several times: the shortest, since the others were disturbed. */
  seconds(work: () => unknown): Promise<number>;
}

export interface Costed {
  /** Typical rates, until those of the machine are measured. */
  readonly rates: Rates;
  /**
   * Seconds of one curve on one thread; its share of the time where several are computed together.
   * @param threads that the experiment's curves share, >= 1.
   */
  cost(experiment: Experiment, threads: number, rates: Rates): number;
  /** Measures the rates; takes some tenths of a second at most. */
  probe(bench: Bench): Promise<Rates>;
}

/** The numbers that costs are made of. */
export function workOf(experiment: Experiment) {
  const { model, optimizer, horizon } = experiment;
  const { dimension } = model;
  const classes = model.priors.length;
  return {
    dimension,
    classes,
    outputs: outputsOf(experiment, classes).outputs,
    /** That one run draws. */
    samples: Math.round(horizon * dimension) * optimizer.batchSize,
  };
}

/** Bytes of what a run keeps that has an entry for every direction: eigenvalues, means and X. */
export function arrayBytes(experiment: Experiment): number {
  const { dimension, classes, outputs } = workOf(experiment);
  return 8 * dimension * (2 * classes + outputs);
}
