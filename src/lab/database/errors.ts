/** Typed refusals of the study library. */
import { Refused, type Reason } from '../../refusal/refusal.ts';

/**
 * Why a library cannot be opened or used:
 * - 'busy': another process has it.
 * - 'newer': a later version of the program wrote it.
 * - 'foreign': the file is a database of another program.
 * - 'damaged': the file cannot be read as a database.
 * - 'migration': an upgrade failed and was undone.
 * - 'full': there is no room on the disk.
 * - 'unwritable': the disk refuses for another reason.
 * - 'lost': the file was taken away.
 */
export type LibraryTrouble = 'busy' | 'newer' | 'foreign' | 'damaged' | 'migration' | 'full' | 'unwritable' | 'lost';

export class LibraryError extends Refused {
  constructor(
    readonly trouble: LibraryTrouble,
    readonly why: Reason,
    options?: ErrorOptions,
  ) {
    super([{ path: '', ...why }], options);
    this.name = 'LibraryError';
  }
}

/** A stored record that cannot be read. Caught where the record is read, so that it hides no other. */
export class DamagedRecord extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DamagedRecord';
  }
}
