/**
 * A study while it is being edited: what the page holds, what crosses to the main process, what the library stores. Its
 * keys are those of the study format, taken from its schema, so that none can be forgotten; what stands inside an
 * experiment or an optional key may be unfinished. The parser decides before anything runs.
 */
import { z } from 'zod';
import { type Study } from '../core/experiment/schema.ts';
import { studySchema } from './schema.ts';
import { MAX_EXPERIMENTS } from '../core/experiment/sweep.ts';

const { format: _format, version: _version, name, notes, experiments: _experiments, ...optional } = studySchema.shape;

type Unfinished = { [Key in keyof typeof optional]: z.ZodOptional<z.ZodUnknown> };
const unfinished = Object.fromEntries(Object.keys(optional).map((key) => [key, z.unknown().optional()])) as Unfinished;

/** An experiment as it is being edited: its id is sound, the rest may not be. */
const experimentDraftSchema = z.looseObject({ id: z.string().max(64), name: z.string().max(1000).optional() });

/** Keys as in a study, without its format and version. */
export const draftSchema = z.strictObject({
  name: name.unwrap(),
  notes: notes.unwrap(),
  experiments: z.array(experimentDraftSchema).max(MAX_EXPERIMENTS),
  ...unfinished,
});

export type ExperimentDraft = z.infer<typeof experimentDraftSchema>;
export type StudyDraft = z.infer<typeof draftSchema>;

/** The document of a study. */
export function draftOf({ format: _format, version: _version, ...draft }: Study): StudyDraft {
  return draft;
}

/** A draft as a study file has it, to be parsed or written; it need not be a valid study. */
export function studyFileOf(draft: StudyDraft): StudyDraft & Pick<Study, 'format' | 'version'> {
  return { format: 'sgdlab-study', version: 1, ...draft };
}
