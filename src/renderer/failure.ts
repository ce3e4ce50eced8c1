/** What a command's failure says, in the language of the interface. */
import { refusal, type Refusal } from '../refusal/refusal.ts';
import { type Answer } from '../api/types.ts';
import { problemText } from './i18n/problems.ts';
import { refusalLine } from './i18n/refusals.ts';

/** Electron puts the channel and the kind of error before the message. */
const REMOTE = /^Error invoking remote method '[^']*': (?:\w*Error: )?/;

/** Of a refusal. */
export const refusalText = (refusals: readonly Refusal[]): string =>
  refusals
    .map((each) => (each.code === 'said' ? { ...each, allowed: { text: problemText(each.allowed.text) } } : each))
    .map(refusalLine)
    .join('\n');

/** Of an exception. */
export function failureOf(error: unknown): readonly Refusal[] {
  const message = error instanceof Error ? error.message : String(error);
  return [refusal('', 'said', { text: message.replace(REMOTE, '') })];
}

export const failureText = (error: unknown): string => refusalText(failureOf(error));

/** The answer of a command; an exception is a refusal too. */
export async function answered<T>(command: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await command;
  } catch (error) {
    return { ok: false, refusals: failureOf(error) };
  }
}
