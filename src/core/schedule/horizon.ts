/** The time at which a rule that ends has ended: one that a description gives, or null for its horizon. */
import { type z } from 'zod';
import { finite } from '../description/strict.ts';
import { texNumber } from '../description/tex.ts';

/** The schema of such a time. */
export const endTime = () => finite({ above: 0 }).nullable().default(null) satisfies z.ZodType<number | null>;

/** The end in TeX: T for the horizon. */
export const texEnd = (end: number | null): string => (end === null ? 'T' : texNumber(end));
