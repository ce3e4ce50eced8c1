/** What is asked before the program ends while there is work, or are results that the library does not take. */
import { type Texts } from '../text/texts.ts';

export interface LeavingQuestion {
  readonly message: string;
  readonly detail: string;
  /** The second one quits. */
  readonly buttons: string[];
}

/** @returns null if nothing is left behind. */
export function leavingQuestion(
  { say, counted }: Texts,
  isRunning: boolean,
  unstored: { readonly results: number; readonly reason: string } | null,
): LeavingQuestion | null {
  if (unstored === null) {
    if (!isRunning) return null;
    return {
      message: say('leaving.running'),
      detail: say('leaving.saved'),
      buttons: [say('leaving.keepRunning'), say('leaving.stop')],
    };
  }
  const { results, reason } = unstored;
  const refused = say('leaving.refused', { reason });
  return {
    message: counted('leaving.unstored', results),
    detail: isRunning ? `${refused}\n\n${say('leaving.lost')}` : refused,
    buttons: [say('leaving.keepWaiting'), say('dialog.quit')],
  };
}
