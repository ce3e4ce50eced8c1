/** What descriptions must be, in English. */
import {
  type Counted,
  type DescriptionCodes,
  type EndpointWhy,
  type PassesWhy,
  type DiagonalWhy,
} from '../../../refusal/codes/description.ts';
import { type ConditionWords, type Sentences } from '../sentences.ts';
import { expected, quotedList, ranges } from './expected.ts';

const PLURALS: Readonly<Record<Counted, string>> = {
  class: 'classes',
  block: 'blocks',
  time: 'times',
  rate: 'rates',
  value: 'values',
  experiment: 'experiments',
  curve: 'curves',
  endpoint: 'end points',
};

const textOf = (what: string, most: number | null): string =>
  most === null ? what : `${what} of at most ${most} characters`;

const characters = (most: number): string => `1 to ${most} characters of a-z, 0-9 and -`;

const CUSTOM = { spectrum: 'a spectrum', means: 'means', teacher: 'a teacher' } as const;

const NUMBER_PATH = 'the path of a number in an experiment, such as "optimizer.schedule.rate"';

export const description: Sentences<DescriptionCodes> = {
  'finite-number': (bounds, by) => expected(ranges['finite-number'](bounds), by),
  'whole-number': (bounds, by) => expected(ranges['whole-number'](bounds), by),
  'number-list': (_, by) => expected(ranges['number-list']({}), by),
  'number-rows': (_, by) => expected('a list of rows of numbers', by),
  'number-row': (_, by) => expected('a row of numbers', by),
  'true-or-false': (_, by) => expected('true or false', by),
  'one-of': ({ words }, by) => expected(`one of ${quotedList(words)}`, by),
  'kind-object': ({ kinds }, by) => expected(`an object with a "kind" (${kinds.join(', ')})`, by),
  'unknown-key': ({ keys, meant }) =>
    `unknown key${meant === null ? '' : ` (did you mean ${JSON.stringify(meant)}?)`}; allowed keys: ${keys.join(', ')}`,
  'more-unknown-keys': ({ count }) => `${count} more unknown keys`,
  name: ({ most }, by) => expected(textOf('a name', most), by),
  markdown: ({ most }, by) => expected(textOf('Markdown text', most), by),
  identifier: ({ most }, by) => expected(characters(most), by),
  type: ({ expected: wanted, received }, { found }) =>
    `Invalid input: expected ${wanted}, received ${received}${found === null ? '' : `, got ${found}`}`,
  'at-least-one': ({ of }, by) => expected(`at least one ${of}`, by),
  'at-most': ({ most, of }, by) => expected(`at most ${most} ${PLURALS[of]}`, by),
  schema: ({ issue }, { found }) => (found === null ? issue : `${issue}, got ${found}`),
  'json-syntax': ({ said }) => `expected JSON: ${said}`,
  'json-depth': ({ most, at }) =>
    `expected JSON: nested too deep: expected at most ${most} objects and lists within each other, got more at character ${at}`,

  'zero-or-one': (_, by) => expected('0 or 1', by),
  'zero-one-list': (_, by) => expected('a list of 0 and 1, one per class', by),
  'block-list': (_, by) => expected('a list of blocks, each { "fraction", "eigenvalues" }', by),
  'entry-per-class': ({ classes }, by) => expected(`one entry per class (${classes})`, by),
  'row-per-class': ({ classes }, by) => expected(`one row per class (${classes})`, by),
  'entry-per-direction': ({ dimension }, by) => expected(`one entry per direction (${dimension})`, by),
  'weight-per-block': ({ blocks }, by) => expected(`one weight per block (${blocks})`, by),
  'fractions-sum': ({ sum }) => `expected fractions with sum 1 (within 1e-9), their sum is ${sum}`,
  'priors-sum': ({ sum, divided, single }) => {
    const sentence = `expected numbers with sum 1 (within 1e-9), their sum is ${sum}`;
    if (divided === null) return sentence;
    const why = single ? 'they have single precision' : 'they are rounded';
    return `${sentence}; ${why}: divided by their sum they are [${divided.join(', ')}]`;
  },
  'opposite-classes': ({ classes }, by) =>
    expected(`"cosine", "gaussian" or "custom": opposite means need 2 classes, there are ${classes}`, by),
  'profile-blocks': (_, by) => expected('"flat" or "power-law": only an identity or zero-one spectrum has blocks', by),
  'profile-missing': (_, by) => expected('an energy profile', by),
  'profile-of-custom': (_, by) => expected('none: custom means take no profile', by),
  'empty-block': (_, by) => expected('0: the block has no direction at this dimension', by),
  'vector-count': ({ most }, by) => expected(most === 1 ? '1 vector' : `1 to ${most} vectors`, by),
  'vector-per-output': ({ outputs }, by) =>
    expected(outputs === 1 ? '1 vector, for the one output' : `${outputs} vectors, one per output`, by),
  'dimension-of-start': ({ most }, by) => expected(`at most ${most} with a gaussian start`, by),

  'time-below-horizon': ({ horizon }, by) => expected(`a time below the horizon (${horizon})`, by),
  'first-time': (_, by) => expected('0, the start', by),
  'time-after': ({ before }, by) => expected(`a time > ${before}, the one before`, by),
  'rate-per-time': ({ times }, by) => expected(`one rate per time (${times})`, by),
  'own-labels': ({ loss }, by) => expected(`none: the loss "${loss}" brings its own labels`, by),
  'labels-of-loss': ({ loss, labels }, by) =>
    expected(`${labels.map((kind) => JSON.stringify(kind)).join(' or ')} for the loss "${loss}"`, by),
  'loss-classes': ({ classes, fewest, most }, by) => {
    const needs = fewest === most ? `${fewest}` : `${fewest} to ${most}`;
    return expected(`a loss for ${classes} classes: this one needs ${needs}`, by);
  },
  diagonal: ({ why }, by) => expected(DIAGONAL[why], by),
  'entry-per-unit': ({ hidden }, by) => expected(`one number per hidden unit (${hidden})`, by),
  'learned-plain': (_, by) =>
    `${expected('plain SGD, without an average, at a rate of time alone', by)}: the second layer of this loss learns by such steps`,
  'fewest-steps': ({ horizon }, by) => expected(`at least one step: a horizon >= ${horizon}`, by),
  'most-steps': ({ steps, horizon }, by) => expected(`at most ${steps} steps: a horizon <= ${horizon}`, by),
  engine: ({ why, others }, by) =>
    expected(
      others.length > 0
        ? `${others.map((kind) => JSON.stringify(kind)).join(' or ')} ${by.condition(why)}`
        : `a model that is not ${by.condition(why)}`,
      by,
    ),
  'another-engine': ({ why }, by) => expected(`another one ${by.condition(why)}`, by),
  'another-curve': ({ why }, by) => expected(`another curve ${by.condition(why)}`, by),
  'curve-list': ({ curves }, by) => expected(`a list of ${curves.join(', ')}`, by),
  'endpoint-list': (_, by) => expected('a list of end points such as { "ridge": 0.1 }', by),
  endpoint: ({ why }, by) => expected(ENDPOINT[why], by),
  'curve-once': (_, by) => expected('each curve at most once', by),
  'limit-custom': ({ what }, by) =>
    expected(`false, or ${CUSTOM[what]} described for every d: custom numbers are those of one dimension`, by),
  'limit-energy': ({ exponent }, by) =>
    expected(
      `false, or an energy profile with an exponent > -1: ∫ u^(${exponent}) du over (0, 1], the energy of the means, is infinite`,
      by,
    ),
  'limit-slow': ({ exponent, slowest }, by) =>
    expected(
      `false, or exponents farther from -1: integrals over u = ρ/d converge like u^${exponent}, and are computed from u^${slowest} on`,
      by,
    ),
  'limit-noise': (_, by) =>
    expected('false, or covariances that are not all 0: without noise the rate of this rule grows like d', by),
  'one-response': (_, by) => expected('a teacher of one response with this loss', by),
  'even-averaged': (_, by) =>
    expected(
      '"given", "escape" or theory.curves []: averaged over starts, an even loss has x̄ = 0 and q = 0 for ever, a curve that never escapes and predicts no run',
      by,
    ),
  'even-zero': (_, by) =>
    expected('a gaussian or custom start: at X = 0 the slope of an even loss is 0, and nothing ever moves', by),
  'start-random': (_, by) => expected('"averaged", or a gaussian start: only that one differs from run to run', by),
  'start-limit': (_, by) =>
    expected(
      '"averaged" with theory.limit: a start of one dimension, or an escape at t ~ log d, has no limit d → ∞',
      by,
    ),
  'start-of-reduced': (_, by) =>
    expected('another engine, or no runs: reduced SGD draws what is needed of a start, never a whole X', by),
  'escape-even': (_, by) => expected('"averaged" or "given": only an even loss has to escape from its start', by),
  'escape-spread': (_, by) =>
    expected('"averaged" or "given" with theory.spread: an escape has quantiles, not normal standard deviations', by),
  'escape-plain': (_, by) =>
    expected(
      '"given", or plain SGD with a learning rate that depends on time alone: its noise is the one known here',
      by,
    ),
  'limit-unbounded': (_, by) =>
    expected(
      'false, or spectral exponents >= 0: eigenvalues without bound need implicit steps, which this loss or learning-rate rule does not have',
      by,
    ),

  'limit-finite': (_, by) => expected('false with finite data: n samples are those of one dimension', by),
  'samples-once': (_, by) => expected('either "samples" or "samplesPerDimension"', by),
  'samples-memory': ({ most }, by) =>
    expected(`at most ${most} samples of this dimension: their rows are kept in memory`, by),
  'full-batch-size': (_, by) => expected('another sampling, or a batchSize of 1: a full batch takes every sample', by),

  'momentum-decay': ({ dimension }, by) =>
    expected(`a number <= ${dimension}, the dimension: a step forgets θ/d of V`, by),
  'momentum-of-one': (_, by) => expected('a number < 1: a velocity that never forgets has no end', by),
  timescale: ({ least }, by) => expected(`a number >= ${least}, one step`, by),
  'theory-rule': (_, by) =>
    `${expected('a rule of time alone with this optimizer, or no theory.curves', by)}: theory has its steps for plain SGD`,
  'shape-batch': (_, by) =>
    expected('1 with this method, or no theory.curves: theory knows the gradients of single samples', by),
  'shape-outputs': ({ outputs }, by) =>
    `${expected('another method for this loss, or no theory.curves', by)}: theory has signs and clipped norms for losses of one output${outputs > 1 ? `, this one has ${outputs}` : ' with moments by quadrature'}`,
  'tails-loss': (_, by) => expected('a number with this loss: heavy tails are for teacher least squares', by),
  'tails-method': ({ methods }, by) =>
    `${expected('a number with this method', by)}: heavy tails move plain gradients without bound, and are for ${quotedList(methods)}`,
  'limit-turning': (_, by) => expected('false with this optimizer: modes that turn round need every direction', by),
  spread: ({ why }, by) => expected(SPREAD[why], by),
  'spread-nodes': ({ most }, by) =>
    expected(`a model of at most ${most} nodes for theory.spread, whose covariance has all pairs of them`, by),
  'spread-first-steps': (_, by) =>
    expected('a larger offset with theory.spread: the fluctuations of first steps that are no flow are not linear', by),
  'limit-own-dimension': (_, by) => expected('false with this optimizer: its flow is that of a d of its own', by),

  'sweep-parameter': (_, by) => expected(NUMBER_PATH, by),
  'sweep-target': (_, by) => expected('the path of a number in the base experiment', by),
  'sweep-axes': (_, by) => expected('one or two axes', by),
  'sweep-axes-list': (_, by) => expected('a list of one or two axes', by),
  'sweep-base': (_, by) => expected('an experiment without its id', by),
  'sweep-base-id': (_, by) => expected('none: the sweep names its experiments', by),
  'sweep-text': ({ most }, by) => expected(`experiments of at most ${most} characters together`, by),
  'sweep-size': ({ most, own }, by) =>
    expected(`at most ${most} experiments${own > 0 ? ` beside the study's ${own} own` : ''}`, by),

  own: ({ en }) => en,
  said: ({ text }) => text,
};

/** What a diagonal network is not for. */
const DIAGONAL: Readonly<Record<DiagonalWhy, string>> = {
  method: '"sgd": the weights u and v of a diagonal network take plain steps',
  average: 'null: iterates of a diagonal network are not averaged',
  schedule: 'a rule of time alone for a diagonal network',
  ridge: '0: a diagonal network has no ridge',
  start: '"zero": a diagonal network begins at u = v, where X = 0',
  loss: 'a loss without a second layer for a diagonal network',
  limit: 'false: the theory of a diagonal network is that of its coordinates',
  spread: 'false: the spread of runs is known for a linear model',
};

/** What a spread from theory is not for. */
const SPREAD: Readonly<Record<'curve' | 'limit' | 'outputs' | 'loss' | 'update' | 'slopes' | 'data', string>> = {
  curve: 'false, or "ode" among theory.curves: a spread is around that curve',
  limit: 'false with theory.limit: as d → ∞ all runs are the same curve',
  outputs: 'false with this loss: the spread of runs is known for one output',
  loss: 'false with this loss, whose third and fourth moments are not known',
  update: 'false with this method: the spread of runs is not known for signs and clipped gradients',
  data: 'false with finite data: the spread is that of runs on a stream',
  slopes: 'false with this learning rate, which looks at more of a run than its risk and gradients',
};

/** Where end points are known. */
const ENDPOINT: Readonly<Record<EndpointWhy, string>> = {
  loss: 'no end point with this loss: they are known for least squares and for the logistic loss of classes',
  outputs: 'no end point with several outputs: they are known for one',
  method: 'no end point with this method: it does not end at the minimum of the empirical risk',
  diagonal:
    'no end point of this diagonal network: they are known for ridge 0 and teacher least squares on one class of mean 0 with an identity spectrum',
  ridgeless: 'a ridge above 0: without one the end point is known for a teacher on one class without a mean',
};

/** What theories of finite data are not for. */
const PASSES: Readonly<Record<PassesWhy, string>> = {
  stream: 'without finite data: this one is of passes over n samples',
  reshuffled:
    'for reshuffled passes: the theory is that of independent draws, reshuffling is another process at order one',
  method: 'with this method: passes over finite data are solved for plain SGD',
  average: 'with an average of iterates: passes over finite data are solved for the weights themselves',
  start: 'with this start: passes over finite data are solved from 0',
  ridge: 'with a ridge in the steps: passes over finite data are solved without one',
  schedule: 'with this learning rate: passes over finite data are solved for a constant one',
  loss: 'for this loss: passes over finite data are solved for least squares and, of a typical data set, logistic loss',
  outputs: 'for several outputs: passes over finite data are solved for one',
  long: 'for so long a time: learning rate × horizon is beyond what the steps of the theory resolve',
};

export const conditions: ConditionWords = {
  'above-directions': ({ most }) => `above ${most} directions`,
  'many-tuples': ({ most }) => `for a spectrum with more than ${most} distinct tuples of eigenvalues`,
  'shaped-gradient': () => 'with a method that takes signs of the gradient or clips it',
  'fields-beside': ({ fields }) =>
    `with this method or average, which keeps ${fields.length} numbers per direction (${fields.join(', ')}), not the weights alone`,
  'diagonal-engine': () => 'for a diagonal network',
  'diagonal-theory': () =>
    'for a diagonal network that is not of teacher least squares with one output, one class of mean 0, and a stream',
  'learning-loss': () => 'for a loss that learns parameters of its own',
  'finite-data': () => 'for finite data',
  'state-rule-on-data': () => 'for finite data with a learning rate that looks at the population',
  passes: ({ why }) => PASSES[why],
  own: ({ en }) => en,
};
