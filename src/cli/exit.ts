/** Exit statuses of the command line (study-format.md). */
export const DONE = 0;
export const BAD_INPUT = 2;
export const RUN_FAILED = 3;
export const INTERRUPTED = 130;

/** Ends a command with a message on stderr and a status; never with a stack trace. */
export class Exit extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
