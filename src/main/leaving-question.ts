/** What is asked before the program ends while there is work, or are results that the library does not take. */

export interface LeavingQuestion {
  readonly message: string;
  readonly detail: string;
  /** The second one quits. */
  readonly buttons: string[];
}

/** @returns null if nothing is left behind. */
export function leavingQuestion(
  isRunning: boolean,
  unstored: { readonly results: number; readonly reason: string } | null,
): LeavingQuestion | null {
  const running = 'Finished runs are saved. The runs in progress would start again the next time.';
  if (unstored === null) {
    if (!isRunning) return null;
    return {
      message: 'Experiments are still running.',
      detail: running,
      buttons: ['Keep running', 'Stop and quit'],
    };
  }
  const { results, reason } = unstored;
  const refused = `${reason}.\n\nIf you quit now, they are written to a file beside the library, which can be imported.`;
  return {
    message: results === 1 ? '1 result is not stored.' : `${results} results are not stored.`,
    detail: isRunning ? `${refused}\n\nExperiments are still running. The runs in progress are lost.` : refused,
    buttons: ['Keep waiting', 'Quit'],
  };
}
