/** A curve without its rows as JSON: source, outcome and report, with every number exact (JSON has no NaN or -0). */
import { z } from 'zod';
import { refusalsIn } from '../../text/refusals/index.ts';
import { reason } from '../../refusal/refusal.ts';
import { type Outcome } from '../../core/experiment/outcome.ts';
import { type CurveSource } from '../../core/experiment/curve-source.ts';
import { type CurveReport } from '../../study/experiment-results.ts';

const SPECIAL = ['NaN', 'Infinity', '-Infinity', '-0'] as const;
const special = z.enum(SPECIAL).transform(Number);
const exact = z.union([z.number(), special]);

type ExactNumber = number | (typeof SPECIAL)[number];

function encodeNumber(value: number): ExactNumber {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : (String(value) as ExactNumber);
}

const sourceSchema = z.union([
  z.object({ kind: z.literal('simulation'), run: z.int().min(0) }),
  // a later version may have curves that this one does not know
  z.object({ kind: z.string().regex(/^(?!simulation$)[a-z0-9-]{1,64}$/) }),
]);

const outcomeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.enum(['done', 'cancelled']), t: exact }),
  z.object({ status: z.literal('diverged'), t: exact, quantity: z.string(), value: exact }),
  z
    .object({ status: z.literal('failed'), t: exact, message: z.string() })
    .transform(({ status, t, message }) => ({ status, t, why: reason('said', { text: message }) })),
]);

// a text in `details` may itself be "NaN", so a number that JSON cannot hold is wrapped there
const detail = z.union([
  z.string(),
  z.number(),
  z.object({ number: special }).transform(({ number }): string | number => number),
]);
const originSchema = z.object({
  app: z.string(),
  versions: z.record(z.string(), z.string()),
  platform: z.string(),
  started: z.string(),
  ended: z.string(),
});
const reportSchema = z.object({
  // version 0.1.0 kept none
  origin: originSchema.nullable().default(null),
  seconds: exact,
  details: z.record(z.string(), detail),
});

export function encodeOutcome(outcome: Outcome): unknown {
  const t = encodeNumber(outcome.t);
  if (outcome.status === 'failed') return { status: 'failed', t, message: refusalsIn('en').reason(outcome.why) };
  return outcome.status === 'diverged' ? { ...outcome, t, value: encodeNumber(outcome.value) } : { ...outcome, t };
}

export function encodeReport(report: CurveReport): unknown {
  const details = Object.entries(report.details).map(([name, value]) => {
    if (typeof value === 'string') return [name, value];
    const number = encodeNumber(value);
    return [name, typeof number === 'string' ? { number } : number];
  });
  return { origin: report.origin, seconds: encodeNumber(report.seconds), details: Object.fromEntries(details) };
}

/** @throws Error if the value is no outcome. */
export const decodeOutcome = (value: unknown): Outcome => outcomeSchema.parse(value);
/** @throws Error if the value is no report. */
export const decodeReport = (value: unknown): CurveReport => reportSchema.parse(value);

/** One curve in `results.json`. */
export const curveRecordSchema = z.object({
  source: sourceSchema,
  /** Of the work; files of version 0.1.0 have none. */
  key: z.string().optional(),
  points: z.int().min(0),
  outcome: outcomeSchema,
  report: reportSchema,
});

export interface CurveRecord {
  readonly source: CurveSource;
  readonly key?: string;
  readonly points: number;
  readonly outcome: Outcome;
  readonly report: CurveReport;
}

/** Whether a curve needs no further work: it reached the horizon, or diverged. */
export const isFinished = ({ status }: Outcome): boolean => status === 'done' || status === 'diverged';
