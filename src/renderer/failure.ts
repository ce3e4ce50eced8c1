/** What a command's failure says, in the language of the interface. */
import { refusalsOf, type Refusal } from '../refusal/refusal.ts';
import { type Answer } from '../api/types.ts';
import { refusalLine } from './i18n/refusals.ts';

/** Electron puts the channel and the kind of error before the message. */
const REMOTE = /^Error invoking remote method '[^']*': (?:\w*Error: |Refused: )?/;

/** Of a refusal. */
export const refusalText = (refusals: readonly Refusal[]): string => refusals.map(refusalLine).join('\n');

/** Of an exception, also of one that the main process threw. */
export const failureOf = (error: unknown): readonly Refusal[] =>
  refusalsOf(error instanceof Error ? new Error(error.message.replace(REMOTE, '')) : error);

export const failureText = (error: unknown): string => refusalText(failureOf(error));

/** The answer of a command; an exception is a refusal too. */
export async function answered<T>(command: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await command;
  } catch (error) {
    return { ok: false, refusals: failureOf(error) };
  }
}
