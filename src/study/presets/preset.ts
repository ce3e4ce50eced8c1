/** A built-in study, and the pieces that several of them share. */
import { type z } from 'zod';
import { type Look } from '../look.ts';
import { type experimentSchema, type studySchema } from '../schema.ts';

/** A study as a person would write it: what may be left out is left out. */
export type StudyInput = z.input<typeof studySchema>;
export type ExperimentInput = z.input<typeof experimentSchema>;

/** A built-in study; its title and description are sentences (src/text). */
export interface Preset<Name extends string = string> {
  /** Name on the command line, [a-z0-9-]. */
  readonly name: Name;
  study(): StudyInput;
  /** How it is looked at first, where that is not how every study is. */
  look?(): Look;
}

/** A study of experiments. */
export function study(name: string, notes: string, experiments: ExperimentInput[]): StudyInput {
  return { format: 'sgdlab-study', version: 1, name, notes, experiments };
}

/** Two classes of equal weight. */
export const HALVES: number[] = [0.5, 0.5];

/** `0.5` as it may stand in an id. */
export const inId = (value: number): string => String(value).replace('.', '-');

/** The four blocks of a two-class zero-one model, a quarter of the directions each. */
export const QUARTERS = [
  { fraction: 0.25, eigenvalues: [0, 0] as (0 | 1)[] },
  { fraction: 0.25, eigenvalues: [0, 1] as (0 | 1)[] },
  { fraction: 0.25, eigenvalues: [1, 0] as (0 | 1)[] },
  { fraction: 0.25, eigenvalues: [1, 1] as (0 | 1)[] },
];
