/** Refusals of an archive. */
import { Refused, type Reason } from '../../refusal/refusal.ts';

/** The file is not a sound archive: nothing of it is read. */
export class ArchiveError extends Refused {
  constructor(why: Reason, options?: ErrorOptions) {
    super([{ path: '', ...why }], options);
    this.name = 'ArchiveError';
  }
}

/** One member cannot be read: the others still can. */
export class MemberError extends Refused {
  constructor(why: Reason, options?: ErrorOptions) {
    super([{ path: '', ...why }], options);
    this.name = 'MemberError';
  }
}
