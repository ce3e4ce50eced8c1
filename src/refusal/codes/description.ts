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
export type Counted = 'endpoint' | 'class' | 'block' | 'time' | 'rate' | 'value' | 'experiment' | 'curve';

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
  'vector-per-output': { readonly outputs: number };
  'dimension-of-start': { readonly most: number };
}

export type DiagonalWhy = 'method' | 'average' | 'schedule' | 'ridge' | 'start' | 'loss' | 'limit' | 'spread';

interface ExperimentCodes {
  'time-below-horizon': { readonly horizon: number };
  'first-time': Nothing;
  'time-after': { readonly before: number };
  'rate-per-time': { readonly times: number };
  'own-labels': { readonly loss: string };
  'labels-of-loss': { readonly loss: string; readonly labels: readonly string[] };
  'loss-classes': { readonly classes: number; readonly fewest: number; readonly most: number };
  /** What a diagonal network is not learned by, or asked for. */
  diagonal: { readonly why: DiagonalWhy };
  'entry-per-unit': { readonly hidden: number };
  /** Parameters of a loss that learn are moved by plain steps at rates of time. */
  'learned-plain': Nothing;
  'fewest-steps': { readonly horizon: number };
  'most-steps': { readonly steps: number; readonly horizon: number };
  /** An engine of others that are for the description; none: the model must be another. */
  engine: { readonly why: Condition; readonly others: readonly string[] };
  'another-engine': { readonly why: Condition };
  'another-curve': { readonly why: Condition };
  'curve-list': { readonly curves: readonly string[] };
  'curve-once': Nothing;
  'endpoint-list': Nothing;
  endpoint: { readonly why: EndpointWhy };
  'limit-custom': { readonly what: 'spectrum' | 'means' | 'teacher' };
  'limit-energy': { readonly exponent: number };
  'limit-slow': { readonly exponent: number; readonly slowest: number };
  'limit-noise': Nothing;
  'limit-unbounded': Nothing;
  'one-response': Nothing;
  'limit-finite': Nothing;
  'samples-once': Nothing;
  /** Rows of a finite data set that fit into memory. */
  'samples-memory': { readonly most: number };
  'full-batch-size': Nothing;
}

interface TheoryStartCodes {
  /** Even losses: on average nothing is ever learned. */
  'even-averaged': Nothing;
  'even-zero': Nothing;
  'start-random': Nothing;
  'start-limit': Nothing;
  'start-of-reduced': Nothing;
  'escape-even': Nothing;
  'escape-spread': Nothing;
  'escape-plain': Nothing;
}

interface MethodCodes {
  /** A memory that is forgotten at once: θ is at most d. */
  'momentum-decay': { readonly dimension: number };
  'momentum-of-one': Nothing;
  /** Of an average: one step of t at least. */
  timescale: { readonly least: number };
  'theory-rule': Nothing;
  /** Signs or clipped norms of batches, and of losses whose shaped slopes have no moments. */
  'shape-batch': Nothing;
  'shape-outputs': { readonly outputs: number };
  /** Heavy tails of labels are for losses and methods that bear them. */
  'tails-loss': Nothing;
  'tails-method': { readonly methods: readonly string[] };
  'limit-turning': Nothing;
  'limit-own-dimension': Nothing;
  spread: { readonly why: 'curve' | 'limit' | 'outputs' | 'loss' | 'update' | 'slopes' | 'data' };
  'spread-nodes': { readonly most: number };
  'spread-first-steps': Nothing;
}

interface SweepCodes {
  'sweep-parameter': Nothing;
  'sweep-target': Nothing;
  'sweep-axes': Nothing;
  'sweep-axes-list': Nothing;
  'sweep-base': Nothing;
  'sweep-base-id': Nothing;
  /** Characters of all experiments together. */
  'sweep-text': { readonly most: number };
  'sweep-size': { readonly most: number; readonly own: number };
}

/** Why an end point is not known. */
export type EndpointWhy = 'loss' | 'outputs' | 'method' | 'ridgeless' | 'diagonal';

/** What a theory of finite data is not for. */
export type PassesWhy =
  'stream' | 'reshuffled' | 'method' | 'average' | 'start' | 'ridge' | 'schedule' | 'loss' | 'outputs' | 'long';

/** What an engine or a theory curve is not for, as a part of a sentence. */
export interface Conditions {
  'above-directions': { readonly most: number };
  'many-tuples': { readonly most: number };
  /** Fields of an update beside X, for what follows X alone. */
  /** Signs or clipped norms of gradients, for what follows the weights by their own gradients. */
  'shaped-gradient': Nothing;
  'fields-beside': { readonly fields: readonly string[] };
  /** For what moves X itself, and what the theory of diagonal networks is not for. */
  'diagonal-engine': Nothing;
  'diagonal-theory': Nothing;
  /** For what follows X alone, and not what the loss learns beside it. */
  'learning-loss': Nothing;
  /** For what draws every sample anew. */
  'finite-data': Nothing;
  'state-rule-on-data': Nothing;
  passes: { readonly why: PassesWhy };
  /** A kind's own, whole, of one that lives outside this code. */
  own: Readonly<Record<'en' | 'ja', string>>;
}
export type Condition = {
  readonly [Each in keyof Conditions]: { readonly code: Each; readonly allowed: Conditions[Each] };
}[keyof Conditions];

interface OwnCodes {
  /** A kind's own refusal, whole: for one that lives outside this code, in a file with its sentences. */
  own: Readonly<Record<'en' | 'ja', string>>;
  /** Text of the system, of another program, or of a library that an earlier version wrote: shown as it is. */
  said: { readonly text: string };
}

export interface DescriptionCodes
  extends ValueCodes, ModelCodes, ExperimentCodes, TheoryStartCodes, MethodCodes, SweepCodes, OwnCodes {}
