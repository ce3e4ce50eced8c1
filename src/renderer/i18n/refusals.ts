/** Refusals in the language of the interface, reactive in it. */
import { type Reason, type Refusal } from '../../refusal/refusal.ts';
import { refusalsIn } from '../../text/refusals/index.ts';
import { locale } from './index.ts';

/** The sentence beside a field. */
export const reasonText = (reason: Reason): string => refusalsIn(locale()).reason(reason);

/** `path: sentence`, where there is nothing beside which it stands. */
export const refusalLine = (refusal: Refusal): string => refusalsIn(locale()).line(refusal);

/** What a field allows; empty where that is no range of numbers. */
export const rangeText = (reason: Reason | null): string => (reason === null ? '' : refusalsIn(locale()).range(reason));
