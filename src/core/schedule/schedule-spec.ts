/** The learning-rate rules by their descriptions. */
import { type z } from 'zod';
import { schemaOfKinds } from '../description/strict.ts';
import { scheduleKinds } from './schedule-kinds.ts';
import { type Schedule, type ScheduleKind } from './schedule.ts';

export const scheduleSchema = schemaOfKinds(scheduleKinds);
export type ScheduleSpec = z.infer<typeof scheduleSchema>;

/** The kind object of a description. */
export function scheduleKind(spec: ScheduleSpec): ScheduleKind<ScheduleSpec> {
  return scheduleKinds.find((kind) => kind.kind === spec.kind) as ScheduleKind<ScheduleSpec>;
}

/** The rule of a description, for a horizon > 0. */
export function createSchedule(spec: ScheduleSpec, horizon: number): Schedule {
  return scheduleKind(spec).create(spec, horizon);
}
