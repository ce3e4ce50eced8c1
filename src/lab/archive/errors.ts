/** Refusals of an archive. */

/** The file is not a sound archive: nothing of it is read. */
export class ArchiveError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ArchiveError';
  }
}

/** One member cannot be read: the others still can. */
export class MemberError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MemberError';
  }
}
