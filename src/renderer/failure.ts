/** What a command's failure says, in the language of the interface. */
import { formatProblem, type Problem } from '../core/description/problems.ts';
import { type Answer } from '../api/types.ts';
import { problemText } from './i18n/problems.ts';

/** Electron puts the channel and the kind of error before the message. */
const REMOTE = /^Error invoking remote method '[^']*': (?:\w*Error: )?/;

/** Of a refusal. */
export const refusalText = (problems: readonly Problem[]): string =>
  problems.map((problem) => (problem.path === '' ? problemText(problem.message) : formatProblem(problem))).join('\n');

/** Of an exception. */
export function failureText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return problemText(message.replace(REMOTE, ''));
}

/** The answer of a command; an exception is a refusal too. */
export async function answered<T>(command: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await command;
  } catch (error) {
    return { ok: false, problems: [{ path: '', message: failureText(error) }] };
  }
}
