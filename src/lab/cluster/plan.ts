/**
 * The plan of a study's work on a cluster: a folder with the study, the plan, and a result file per task. Study and plan
 * are written once and never changed; what is done is told by the result files alone.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { version } from '../../../package.json';
import { type CurveSource } from '../../core/experiment/curve-source.ts';
import { RESULTS_VERSION } from '../../core/experiment/identity.ts';
import { type Experiment, type Study } from '../../core/experiment/schema.ts';
import { refusal, Refused, refusalsOf } from '../../refusal/refusal.ts';
import { type CostRates } from '../../study/estimate.ts';
import { parseStudyText } from '../../study/parse.ts';
import { makeFolder, writeFileAtomically } from '../files.ts';
import { splitWork } from './split.ts';

const PLAN_FILE = 'plan.json';
const STUDY_FILE = 'study.json';
const FORMAT = 'sgdlab-cluster-plan';

const partSchema = z.strictObject({
  experiment: z.string(),
  curves: z.array(z.string()),
  runs: z.tuple([z.int().min(0), z.int().min(1)]).nullable(),
});
const planSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  /** Version of the program that planned, and of the results: tasks of another version would not be of one study. */
  app: z.string(),
  results: z.string(),
  /** SHA-256 of study.json. */
  study: z.string(),
  tasks: z.array(
    z.strictObject({ parts: z.array(partSchema).min(1), seconds: z.number().min(0), memory: z.number().min(0) }),
  ),
});
export type PlanFile = z.infer<typeof planSchema>;

export interface Plan extends PlanFile {
  readonly folder: string;
  /** SHA-256 of plan.json, which every result carries. */
  readonly hash: string;
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export interface Missing {
  readonly experiment: Experiment;
  readonly sources: readonly CurveSource[];
}

/**
 * Plans the missing work of a study in a folder, which is made. A plan that is there already stays; of the same study it
 * is what is answered.
 * @param tasks how many; null: by cost.
 * @param rates what work costs here; asked for only where there is no plan yet.
 * @throws Refused if the folder has a plan of another study, or one that cannot be read.
 */
export async function makePlan(
  folder: string,
  study: Study,
  missing: readonly Missing[],
  tasks: number | null,
  rates: () => CostRates | Promise<CostRates>,
): Promise<{ plan: Plan; isNew: boolean }> {
  const text = `${JSON.stringify(study, null, 1)}\n`;
  const there = () => {
    if (!existsSync(join(folder, PLAN_FILE))) return null;
    const plan = readPlan(folder);
    if (plan.study !== sha256(text) || (tasks !== null && plan.tasks.length !== tasks))
      throw new Refused([refusal(folder, 'cluster-planned', {})]);
    return { plan, isNew: false };
  };
  const before = there();
  if (before) return before;
  const price = await rates();
  // planned by somebody else in the meantime
  const meanwhile = there();
  if (meanwhile) return meanwhile;
  const planned: PlanFile = {
    format: FORMAT,
    version: 1,
    app: version,
    results: RESULTS_VERSION,
    study: sha256(text),
    tasks: splitWork(missing, tasks, price).map(({ parts, ...rest }) => ({
      ...rest,
      parts: parts.map(({ experiment, curves, runs }) => ({
        experiment,
        curves: [...curves],
        runs: runs === null ? null : ([...runs] as [number, number]),
      })),
    })),
  };
  makeFolder(folder);
  writeFileAtomically(join(folder, STUDY_FILE), Buffer.from(text));
  // a plan whose study is not there would be none
  const bytes = Buffer.from(`${JSON.stringify(planned)}\n`);
  writeFileAtomically(join(folder, PLAN_FILE), bytes);
  return { plan: { ...planned, folder, hash: sha256(bytes) }, isNew: true };
}

/** @throws Refused if there is no plan, or it is damaged or of another version. */
export function readPlan(folder: string): Plan {
  const path = join(folder, PLAN_FILE);
  if (!existsSync(path)) throw new Refused([refusal(folder, 'cluster-none', {})]);
  const bytes = readFileSync(path);
  let parsed: PlanFile;
  try {
    // eslint-disable-next-line no-restricted-properties -- checked by its schema at once
    parsed = planSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw new Refused([refusal(path, 'cluster-plan-damaged', {})], { cause: error });
  }
  if (parsed.results !== RESULTS_VERSION)
    throw new Refused([refusal(path, 'cluster-plan-version', { app: version }, parsed.app)]);
  return { ...parsed, folder, hash: sha256(bytes) };
}

/** The study of a plan. @throws Refused if it is not the one that was planned. */
export function studyOf(plan: Plan): Study {
  const path = join(plan.folder, STUDY_FILE);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Refused(refusalsOf(error).map((each) => ({ ...each, path })));
  }
  if (sha256(text) !== plan.study) throw new Refused([refusal(path, 'cluster-study', {})]);
  const result = parseStudyText(text);
  if (!result.ok) throw new Refused(result.refusals);
  return result.value;
}
