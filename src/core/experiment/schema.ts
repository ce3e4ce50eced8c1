/** Study format version 1 (study-format.md): the one source of the types and of the validation. */
import { z } from 'zod';
import { CLASS_LABELS, labelsSchema } from '../labels/labels-spec.ts';
import { dataSchema, STREAM } from '../data/data-spec.ts';
import { lossSchema } from '../loss/loss-spec.ts';
import { modelSchema } from '../model/model.ts';
import { scheduleSchema } from '../schedule/schedule-spec.ts';
import { LINEAR, parameterizationSchema } from '../update/parameterization.ts';
import { averageSchema } from '../update/average/average-kinds.ts';
import { methodSchema } from '../update/method/method-kinds.ts';
import { gridSchema } from './grid.ts';
import { MAX_EXPERIMENTS, sweepSchema } from './sweep.ts';
import { coded } from '../description/issues.ts';
import { finite, numberRows, oneOfKinds, seed, shortList, strict, text, whole, word } from '../description/strict.ts';

export const MAX_RUNS = 100_000;
const MAX_BATCH_SIZE = 1_000_000;

export const startSchema = oneOfKinds([
  strict({ kind: z.literal('zero') }),
  strict({ kind: z.literal('gaussian'), seed: seed(), scale: finite({ min: 0 }).default(1) }),
  strict({
    kind: z.literal('custom'),
    vectors: numberRows().meta({ widget: { kind: 'rows', rows: 'any', numbers: 'any' } }),
  }),
]);

/** What a theory knows of a random start: its law, the start of run 0, or the law by quantiles (T11). */
export const THEORY_STARTS = ['averaged', 'given', 'escape'] as const;

export const optimizerSchema = strict({
  method: methodSchema.default({ kind: 'sgd' }),
  average: averageSchema.nullable().default(null),
  schedule: scheduleSchema,
  batchSize: whole(1, MAX_BATCH_SIZE).default(1),
  ridge: finite({ min: 0 }).default(0),
  start: startSchema.default({ kind: 'zero' }),
});

/** Longest list of curves that is read entry by entry. */
const MOST_NAMED = 100;

/** Most samples of an end point: nothing is drawn. */
const MOST_SAMPLES = 1e12;

const endpointSchema = strict({
  ridge: finite({ min: 0 }),
  /** n; that of the data, or of the one pass that a stream is, where it is left out. */
  samples: whole(1, MOST_SAMPLES).optional(),
});
export type EndpointSpec = z.infer<typeof endpointSchema>;

const identifier = z
  .string({ error: coded('identifier', { most: 64 }) })
  .regex(/^[a-z0-9-]{1,64}$/, coded('identifier', { most: 64 }));

/** Names of what a description chooses from and whose registries stand on floors above; the first of each is the default. */
export interface Choices {
  readonly engines: readonly string[];
  readonly curves: readonly string[];
}

/** The schemas with these choices: study/schema.ts has those that are registered. */
export function schemasOf({ engines, curves }: Choices) {
  const [engine] = engines;
  const [curve] = curves;
  const theorySchema = strict({
    curves: shortList(word(curves), coded('curve-list', { curves }), {
      max: MOST_NAMED,
      many: coded('curve-once', {}),
    })
      .refine((named) => new Set(named).size === named.length, coded('curve-once', {}))
      .default([curve]),
    /** Minima of the empirical risk with a ridge, (E1)–(E3). */
    endpoints: shortList(endpointSchema, coded('endpoint-list', {}), {
      max: MOST_NAMED,
      many: coded('at-most', { most: MOST_NAMED, of: 'endpoint' }),
    }).optional(),
    /** Curves of the limit d → ∞ at fixed t, instead of those of the model's d. */
    limit: z.boolean({ error: coded('true-or-false', {}) }).optional(),
    /** Whether the standard deviations over runs are solved for beside the curve that runs are compared with. */
    spread: z.boolean({ error: coded('true-or-false', {}) }).optional(),
    start: word(THEORY_STARTS).optional(),
  });
  const simulationSchema = strict({
    engine: word(engines).default(engine),
    runs: whole(0, MAX_RUNS).default(0),
    seed: seed().default(1),
  });
  const experimentSchema = strict({
    id: identifier,
    name: text('name', 1000).default(''),
    model: modelSchema,
    labels: labelsSchema.default(CLASS_LABELS),
    loss: lossSchema,
    optimizer: optimizerSchema,
    data: dataSchema.default(STREAM),
    parameterization: parameterizationSchema.default(LINEAR),
    horizon: finite({ above: 0 }),
    grid: gridSchema.default({ kind: 'linear', points: 101 }),
    theory: theorySchema.default({ curves: [curve] }),
    simulation: simulationSchema.default({ engine, runs: 0, seed: 1 }),
  });
  const studySchema = strict({
    format: z.literal('sgdlab-study', { error: coded('study-format', {}) }),
    version: z.literal(1, { error: coded('study-version', {}) }),
    name: text('name', 1000).default(''),
    notes: text('markdown', 1_000_000).default(''),
    experiments: z
      .array(experimentSchema, { error: coded('experiment-list', {}) })
      .max(MAX_EXPERIMENTS, coded('at-most', { most: MAX_EXPERIMENTS, of: 'experiment' })),
    sweep: sweepSchema.optional(),
  });
  return { theorySchema, simulationSchema, experimentSchema, studySchema };
}

type Schemas = ReturnType<typeof schemasOf>;

export type Experiment = z.infer<Schemas['experimentSchema']>;
export type OptimizerSpec = z.infer<typeof optimizerSchema>;
export type StartSpec = z.infer<typeof startSchema>;
export type SimulationSpec = z.infer<Schemas['simulationSchema']>;
/** The parts of a description that say what is computed; an engine or a theory curve may not be for all of them. */
export type Subject = Pick<
  Experiment,
  'model' | 'labels' | 'loss' | 'optimizer' | 'data' | 'parameterization' | 'horizon'
>;
export type Study = z.infer<Schemas['studySchema']>;
