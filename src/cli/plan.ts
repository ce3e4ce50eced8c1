/** Plans that are named on the command line. */
import { resolve } from 'node:path';
import { type Study } from '../core/experiment/schema.ts';
import { type Plan, readPlan, studyOf } from '../lab/cluster/plan.ts';
import { reasonOf } from '../text/reason.ts';
import { BAD_INPUT, Exit } from './exit.ts';

/** @throws Exit with what is wrong with a plan. */
export function openPlan(folder: string): { plan: Plan; study: Study } {
  try {
    const plan = readPlan(resolve(folder));
    return { plan, study: studyOf(plan) };
  } catch (error) {
    throw new Exit(BAD_INPUT, reasonOf(error));
  }
}
