/** The learning-rate rules that exist: a new one is a file beside this one and a line here. */
import { type z } from 'zod';
import { schemaOfKinds } from '../description/strict.ts';
import { adagradNorm } from './adagrad-norm.ts';
import { constant } from './constant.ts';
import { lineSearch } from './line-search.ts';
import { piecewise } from './piecewise.ts';
import { polyak } from './polyak.ts';
import { powerDecay } from './power-decay.ts';
import { type Schedule, type ScheduleKind } from './schedule.ts';
import { warmup } from './warmup.ts';

export const scheduleKinds = [constant, powerDecay, piecewise, warmup, adagradNorm, polyak, lineSearch] as const;

export const scheduleSchema = schemaOfKinds(scheduleKinds);
export type ScheduleSpec = z.infer<typeof scheduleSchema>;

/** The kind object of a description. */
export function scheduleKind(spec: ScheduleSpec): ScheduleKind<ScheduleSpec> {
  return scheduleKinds.find((kind) => kind.kind === spec.kind) as ScheduleKind<ScheduleSpec>;
}

/** The rule of a description. */
export function createSchedule(spec: ScheduleSpec): Schedule {
  return scheduleKind(spec).create(spec);
}
