/** What a command's failure says, in the language of the interface. */
import { refusalsOf, type Refusal } from '../refusal/refusal.ts';
import { type Answer } from '../api/types.ts';
import { t } from './i18n/index.ts';
import { refusalLine } from './i18n/refusals.ts';

/** Electron puts the channel and the kind of error before the message. */
const REMOTE = /^Error invoking remote method '[^']*': (?:\w*Error: |Refused: )?/;

/** Most lines of a message: a file can be wrong in thousands of places. */
const MOST_LINES = 20;

/** Of a refusal: each in a line, of many the first and how many more. */
export function refusalText(refusals: readonly Refusal[]): string {
  const lines = refusals.slice(0, MOST_LINES).map(refusalLine);
  const left = refusals.length - lines.length;
  return [...lines, ...(left > 0 ? [t('toast.andMore', { n: left })] : [])].join('\n');
}

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
