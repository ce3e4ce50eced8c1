/** Codes of what a description's own values and parts must be (core). */

/** Bounds of a number; the lower one is excluded (`above`) or included (`min`). */
export interface Bounds {
  readonly above?: number;
  readonly min?: number;
  readonly max?: number;
}

/** Nothing beside the code. */
export type Nothing = Readonly<Record<never, never>>;

interface ValueCodes {
  'finite-number': Bounds;
  'whole-number': { readonly min: number; readonly max: number };
  'number-list': Nothing;
  'number-rows': Nothing;
  'number-row': Nothing;
  'true-or-false': Nothing;
  'one-of': { readonly words: readonly string[] };
  /** An object told apart by its kind. */
  'kind-object': { readonly kinds: readonly string[] };
  'unknown-key': { readonly keys: readonly string[]; readonly meant: string | null };
  'more-unknown-keys': { readonly count: number };
  name: { readonly most: number | null };
  markdown: { readonly most: number | null };
  identifier: { readonly most: number };
  /** A word of JSON (`object`, `string`) that is wanted and what is there instead. */
  type: { readonly expected: string; readonly received: string };
  'at-least-one': { readonly of: Counted };
  'at-most': { readonly most: number; readonly of: Counted };
  /** What a schema refuses that has no code of its own, in its own words. */
  schema: { readonly issue: string };
  'json-syntax': { readonly said: string; readonly at: number | null };
  'json-depth': { readonly most: number; readonly at: number };
}

/** What lists are of. */
export type Counted = 'class' | 'block' | 'time' | 'rate' | 'value' | 'experiment' | 'curve';

interface ModelCodes {
  'zero-or-one': Nothing;
  'zero-one-list': Nothing;
  'block-list': Nothing;
  'entry-per-class': { readonly classes: number };
  'row-per-class': { readonly classes: number };
  'entry-per-direction': { readonly dimension: number };
  'weight-per-block': { readonly blocks: number };
  'fractions-sum': { readonly sum: number };
  /** `divided`: the priors over their sum, where that is 1 but for rounding; `single`: of single precision. */
  'priors-sum': { readonly sum: number; readonly divided: readonly number[] | null; readonly single: boolean };
  'opposite-classes': { readonly classes: number };
  'profile-blocks': Nothing;
  'profile-missing': Nothing;
  'profile-of-custom': Nothing;
  'empty-block': Nothing;
  'vector-count': { readonly most: number };
  'dimension-of-start': { readonly most: number };
}

interface ExperimentCodes {
  'time-below-horizon': { readonly horizon: number };
  'first-time': Nothing;
  'time-after': { readonly before: number };
  'rate-per-time': { readonly times: number };
  'loss-classes': { readonly classes: number; readonly fewest: number; readonly most: number };
  'fewest-steps': { readonly horizon: number };
  'most-steps': { readonly steps: number; readonly horizon: number };
  /** An engine that keeps arrays over all directions. */
  'engine-directions': { readonly most: number };
  'engine-blocks': { readonly most: number };
  'curve-list': { readonly curves: readonly string[] };
  'curve-once': Nothing;
  'limit-custom': { readonly what: 'spectrum' | 'means' | 'teacher' };
  'limit-energy': { readonly exponent: number };
  'limit-slow': { readonly exponent: number; readonly slowest: number };
  'limit-noise': Nothing;
  'limit-unbounded': Nothing;
}

interface MethodCodes {
  /** A memory that is forgotten at once: θ is at most d. */
  'momentum-decay': { readonly dimension: number };
  'momentum-of-one': Nothing;
  /** An engine that follows X alone, beside what an update has more. */
  'engine-fields': { readonly fields: readonly string[] };
  'theory-rule': Nothing;
  'limit-turning': Nothing;
}

interface SweepCodes {
  'sweep-parameter': Nothing;
  'sweep-target': Nothing;
  'sweep-axes': Nothing;
  'sweep-axes-list': Nothing;
  'sweep-base': Nothing;
  'sweep-base-id': Nothing;
  'sweep-size': { readonly most: number; readonly own: number };
}

interface OwnCodes {
  /** A kind's own refusal, whole: for one that lives outside this code, in a file with its sentences. */
  own: Readonly<Record<'en' | 'ja', string>>;
  /** Text of the system, of another program, or of a library that an earlier version wrote: shown as it is. */
  said: { readonly text: string };
}

export interface DescriptionCodes extends ValueCodes, ModelCodes, ExperimentCodes, MethodCodes, SweepCodes, OwnCodes {}
