/**
 * The file of a task's results: a line of JSON that says what they are, the rows of its curves as float64 in
 * little-endian order one after the other, and the SHA-256 of all that. Written once, whole or not at all.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { reason, type Reason } from '../../refusal/refusal.ts';
import { sameSource, type CurveSource } from '../../core/experiment/curve-source.ts';
import { type Curve } from '../../study/experiment-results.ts';
import { curveRecordSchema, encodeOutcome, encodeReport } from '../archive/curve-record.ts';
import { floatBytes, floatsOf } from '../archive/little-endian.ts';

const FORMAT = 'sgdlab-cluster-result';
const DIGEST = 32;
const NEWLINE = 10;

const headerSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  plan: z.string(),
  task: z.int().min(0),
  curves: z.array(curveRecordSchema.extend({ experiment: z.string(), key: z.string(), numbers: z.int().min(0) })),
});

/** A curve and the experiment that it is of. */
export interface TaskCurve {
  readonly experiment: string;
  readonly curve: Curve;
}

/** What a file must be of. */
export interface Expected {
  /** Hash of the plan. */
  readonly plan: string;
  readonly task: number;
  /** Every curve of the task, in its order, with its key. */
  readonly curves: readonly { readonly experiment: string; readonly source: CurveSource; readonly key: string }[];
}

/** The bytes of a file. The same curves give the same bytes but for where and when they were computed. */
export function encodeTask(plan: string, task: number, curves: readonly TaskCurve[]): Uint8Array {
  const header = {
    format: FORMAT,
    version: 1,
    plan,
    task,
    curves: curves.map(({ experiment, curve }) => ({
      experiment,
      source: curve.source,
      key: curve.key,
      points: curve.points,
      outcome: encodeOutcome(curve.outcome),
      report: encodeReport(curve.report),
      numbers: curve.rows.length,
    })),
  };
  const body = Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...curves.map(({ curve }) => floatBytes(curve.rows)),
  ]);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

export type Decoded =
  { readonly ok: true; readonly curves: readonly TaskCurve[] } | { readonly ok: false; readonly why: Reason };

const damaged = (why: Reason): Decoded => ({ ok: false, why });

/** The curves of a file, or why it is not what was planned. */
export function decodeTask(bytes: Uint8Array, expected: Expected): Decoded {
  if (bytes.length <= DIGEST) return damaged(reason('cluster-cut', {}));
  const body = bytes.subarray(0, bytes.length - DIGEST);
  if (
    !createHash('sha256')
      .update(body)
      .digest()
      .equals(bytes.subarray(bytes.length - DIGEST))
  )
    return damaged(reason('cluster-checksum', {}));
  const end = body.indexOf(NEWLINE);
  // the checksum holds: what follows is of this program or of another one, not damage
  const text = Buffer.from(body.subarray(0, Math.max(0, end))).toString('utf8');
  const parsed = headerSchema.safeParse(jsonOf(text));
  if (!parsed.success) return damaged(reason('cluster-foreign', {}));
  const { plan, task, curves } = parsed.data;
  if (plan !== expected.plan || task !== expected.task) return damaged(reason('cluster-other', {}));
  const isWhole =
    curves.length === expected.curves.length &&
    curves.every(({ experiment, source, key }, k) => {
      const planned = expected.curves[k];
      return experiment === planned.experiment && sameSource(source, planned.source) && key === planned.key;
    });
  if (!isWhole) return damaged(reason('cluster-other', {}));
  let offset = end + 1;
  const decoded = curves.map(({ experiment, numbers, ...record }) => {
    const rows = floatsOf(body.subarray(offset, offset + 8 * numbers));
    offset += 8 * numbers;
    return { experiment, curve: { ...record, rows } };
  });
  return offset === body.length ? { ok: true, curves: decoded } : damaged(reason('cluster-cut', {}));
}

function jsonOf(text: string): unknown {
  try {
    // eslint-disable-next-line no-restricted-properties -- checked by its schema at once
    return JSON.parse(text);
  } catch {
    return null;
  }
}
