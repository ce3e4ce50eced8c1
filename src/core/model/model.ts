/** The model part of an experiment's description (theory.md section 1). */
import { type z } from 'zod';
import { counted, finite, numberList, strict, whole } from '../description/strict.ts';
import { arrangementSchema } from './arrangement/arrangement-kinds.ts';
import { profileSchema } from './profile/profile-kinds.ts';
import { spectrumSchema } from './spectrum/spectrum-spec.ts';

/** Largest dimension d. Above MAX_ARRAY_DIMENSION only models whose directions merge into blocks can be computed. */
const MAX_DIMENSION = 1_000_000_000;
/** Largest d for which arrays over all directions are made. */
export const MAX_ARRAY_DIMENSION = 10_000_000;
export const MAX_CLASSES = 32;

export const meansSchema = strict({
  arrangement: arrangementSchema,
  profile: profileSchema.optional(),
  scale: finite({ min: 0 }).default(1),
});

export const modelSchema = strict({
  dimension: whole(1, MAX_DIMENSION),
  priors: numberList({ above: 0, max: 1 }, counted('class', MAX_CLASSES)),
  spectrum: spectrumSchema,
  means: meansSchema,
});

export type MeansSpec = z.infer<typeof meansSchema>;
export type ModelSpec = z.infer<typeof modelSchema>;
