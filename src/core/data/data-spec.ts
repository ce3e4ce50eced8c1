/** Where samples come from: a stream of new ones, or a finite set that is passed over again and again. */
import { z } from 'zod';
import { finite, oneOfKinds, seed, strict, whole, word } from '../description/strict.ts';
import { coded } from '../description/issues.ts';
import { type Condition } from '../../refusal/codes/description.ts';
import { type RelativeRefusal } from '../../refusal/refusal.ts';

/** How a step takes its samples from a finite set; the first is the default. */
export const SAMPLINGS = ['with-replacement', 'reshuffled', 'full-batch'] as const;
export type Sampling = (typeof SAMPLINGS)[number];

/** Largest n·d: rows of 512 MiB. */
const MAX_ENTRIES = 67_108_864;
const MAX_SAMPLES = 67_108_864;

const streamSchema = strict({ kind: z.literal('stream') });
const finiteSchema = strict({
  kind: z.literal('finite'),
  samples: whole(1, MAX_SAMPLES).optional(),
  samplesPerDimension: finite({ above: 0 }).optional(),
  sampling: word(SAMPLINGS).default(SAMPLINGS[0]),
  seed: seed().default(1),
  shared: z.boolean({ error: coded('true-or-false', {}) }).default(false),
});

export const dataSchema = oneOfKinds([streamSchema, finiteSchema]);
export type DataSpec = z.infer<typeof dataSchema>;

/** Every sample is new. */
export const STREAM = { kind: 'stream' } as const satisfies DataSpec;

/** What draws every sample anew is not for finite data; null for a stream. */
export const streamAlone = ({ kind }: DataSpec): Condition | null =>
  kind === 'stream' ? null : { code: 'finite-data', allowed: {} };

/** The kinds, with a description to start from. */
export const dataKinds = [
  { kind: 'stream', label: 'Stream', schema: streamSchema, template: (): DataSpec => STREAM },
  {
    kind: 'finite',
    label: 'Finite',
    schema: finiteSchema,
    template: (): DataSpec => ({
      kind: 'finite',
      samplesPerDimension: 2,
      sampling: 'with-replacement',
      seed: 1,
      shared: false,
    }),
  },
] as const;

/** A finite set of n samples, and how steps take them. */
export interface FiniteData {
  /** n. */
  readonly samples: number;
  readonly sampling: Sampling;
  readonly seed: number;
  /** Whether all runs have the data set of run 0. */
  readonly shared: boolean;
}

/** The finite data of a description in dimension d; null for a stream. */
export function finiteData(spec: DataSpec, dimension: number): FiniteData | null {
  if (spec.kind === 'stream') return null;
  const { samples, samplesPerDimension, sampling, seed: drawn, shared } = spec;
  const count = samples ?? Math.max(1, Math.round((samplesPerDimension ?? 0) * dimension));
  return { samples: count, sampling: sampling as Sampling, seed: drawn, shared };
}

/** What is wrong with a description beside its schema, at paths relative to it. */
export function checkData(spec: DataSpec, dimension: number, batchSize: number | undefined): RelativeRefusal[] {
  if (spec.kind === 'stream') return [];
  const refusals: RelativeRefusal[] = [];
  if ((spec.samples === undefined) === (spec.samplesPerDimension === undefined))
    refusals.push({ path: ['samples'], code: 'samples-once', allowed: {} });
  const { samples, sampling } = finiteData(spec, dimension) as FiniteData;
  if (samples * dimension > MAX_ENTRIES) {
    const path = spec.samples === undefined ? ['samplesPerDimension'] : ['samples'];
    refusals.push({ path, code: 'samples-memory', allowed: { most: Math.floor(MAX_ENTRIES / dimension) } });
  }
  if (sampling === 'full-batch' && batchSize !== undefined && batchSize > 1)
    refusals.push({ path: ['sampling'], code: 'full-batch-size', allowed: {} });
  return refusals;
}
