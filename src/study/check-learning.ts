/** Checks of what is learned beside X, or instead of it: a second layer, and the weights of a diagonal network. */
import { type z } from 'zod';
import { lossKind, type lossSchema } from '../core/loss/loss-spec.ts';
import { createSchedule, type scheduleSchema } from '../core/schedule/schedule-spec.ts';
import { type MethodSpec } from '../core/update/method/method-kinds.ts';
import { type optimizerSchema, type StartSpec } from '../core/experiment/schema.ts';
import { type DiagonalWhy } from '../refusal/codes/description.ts';
import { type RelativeRefusal } from '../refusal/refusal.ts';
import { type experimentSchema } from './schema.ts';

/** What a diagonal network does not go with; paths are those of an experiment. */
export function checkDiagonal(parts: {
  readonly method: MethodSpec | undefined;
  readonly average: z.output<typeof optimizerSchema.shape.average> | undefined;
  readonly schedule: z.output<typeof scheduleSchema> | undefined;
  readonly ridge: number | undefined;
  readonly start: StartSpec | undefined;
  readonly loss: z.output<typeof lossSchema> | undefined;
  readonly theory: z.output<typeof experimentSchema.shape.theory> | undefined;
}): RelativeRefusal[] {
  const { method, average, schedule, ridge, start, loss, theory } = parts;
  const wrong: readonly (readonly [DiagonalWhy, readonly string[], boolean])[] = [
    ['method', ['optimizer', 'method', 'kind'], method !== undefined && method.kind !== 'sgd'],
    ['average', ['optimizer', 'average', 'kind'], Boolean(average)],
    [
      'schedule',
      ['optimizer', 'schedule', 'kind'],
      schedule ? createSchedule(schedule, 1).dependsOn !== 'time' : false,
    ],
    ['ridge', ['optimizer', 'ridge'], (ridge ?? 0) > 0],
    ['start', ['optimizer', 'start', 'kind'], start !== undefined && start.kind !== 'zero'],
    ['loss', ['loss', 'kind'], loss !== undefined && lossKind(loss.kind).learns === true],
    ['limit', ['theory', 'limit'], theory?.limit === true],
    ['spread', ['theory', 'spread'], theory?.spread === true],
  ];
  return wrong
    .filter(([, , is]) => is)
    .map(([why, path]): RelativeRefusal => ({ path: [...path], code: 'diagonal', allowed: { why } }));
}

/** What a loss with parameters of its own is not learned by. */
export function checkLearned(by: {
  readonly method: MethodSpec | undefined;
  readonly average: z.output<typeof optimizerSchema.shape.average> | undefined;
  readonly schedule: z.output<typeof scheduleSchema> | undefined;
}): RelativeRefusal[] {
  const at: string[][] = [];
  if (by.method && by.method.kind !== 'sgd') at.push(['method', 'kind']);
  if (by.average) at.push(['average', 'kind']);
  if (by.schedule && createSchedule(by.schedule, 1).dependsOn !== 'time') at.push(['schedule', 'kind']);
  return at.map((path): RelativeRefusal => ({ path, code: 'learned-plain', allowed: {} }));
}
