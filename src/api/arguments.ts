/** Parsers of the commands' arguments: the page is not trusted with their types. */
import { z } from 'zod';
import { languages } from '../text/language.ts';
import { draftSchema } from '../study/draft.ts';
import { type CommandName, type LabCommands } from './surface.ts';

const id = z.string().min(1).max(200);
const query = z.strictObject({ id });
const keptKey = { studyId: id, since: z.number().int().min(0) };
const job = z.string().min(1).max(200);
const MAX_FILE_BYTES = 256 * 1024 * 1024;

const settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).optional(),
  language: z.enum(['system', ...languages]).optional(),
  threads: z.number().int().min(1).max(256).nullable().optional(),
});

type Argument<Name extends CommandName> = Parameters<LabCommands[Name]>[0];

/** One parser per command. */
export const argumentParsers: { readonly [Name in CommandName]: z.ZodType<Argument<Name>> } = {
  listStudies: z.strictObject({ search: z.string().max(1000), archived: z.boolean() }),
  createStudy: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('empty') }),
    z.strictObject({ kind: z.literal('preset'), name: z.string().max(100) }),
    z.strictObject({ kind: z.literal('copy'), id }),
    z.strictObject({ kind: z.literal('draft'), draft: draftSchema }),
  ]),
  openStudy: z.strictObject({ id, anew: z.boolean().optional() }),
  saveStudy: z.strictObject({ id, draft: draftSchema, revision: z.number().int().min(0) }),
  // the text is kept as it is: whatever is wrong with a draft that cannot be saved must not stand in its way here
  keepDraft: z.strictObject({ ...keptKey, text: z.string().max(MAX_FILE_BYTES) }),
  dropDraft: z.strictObject(keptKey),
  keptDrafts: z.undefined(),
  setTags: z.strictObject({ id, tags: z.array(z.string().max(100)).max(100) }),
  archiveStudy: z.strictObject({ id, archived: z.boolean() }),
  deleteStudy: query,
  restoreStudy: query,
  emptyBin: z.undefined(),
  results: z.strictObject({ id, experiment: draftSchema.shape.experiments.element }),
  run: z.strictObject({
    id,
    experiments: z.array(z.strictObject({ id: z.string().max(64), key: z.string().max(100).nullable() })).max(1000),
  }),
  pauseJob: z.strictObject({ job, paused: z.boolean() }),
  cancelJob: z.strictObject({ job }),
  listJobs: z.undefined(),
  presets: z.undefined(),
  importStudies: z.strictObject({ paths: z.array(z.string().max(10_000)).max(1000).nullable() }),
  exportStudy: z.strictObject({ id, format: z.enum(['sgdlab', 'json', 'csv', 'html']) }),
  saveFile: z.strictObject({
    name: z.string().min(1).max(200),
    bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MAX_FILE_BYTES, 'too large'),
  }),
  settings: z.undefined(),
  changeSettings: settings,
  machine: z.undefined(),
  moveLibrary: z.undefined(),
  closing: z.strictObject({ what: z.enum(['asking', 'leave', 'stay']) }),
  notices: z.undefined(),
  openLink: z.strictObject({ url: z.string().max(2000) }),
};
