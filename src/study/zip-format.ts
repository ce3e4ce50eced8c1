/** Numbers of the ZIP format (PKWARE APPNOTE 6.3). */

/** Lengths of the fixed parts of the records: at the end of the file, of the directory, before a member. */
export const END_LENGTH = 22;
export const CENTRAL_LENGTH = 46;
export const LOCAL_LENGTH = 30;
/** Signatures, read as big-endian numbers. */
export const END_SIGNATURE = 0x504b0506;
export const CENTRAL_SIGNATURE = 0x504b0102;
export const LOCAL_SIGNATURE = 0x504b0304;
/** Longest comment behind the record at the end. */
export const MAX_COMMENT = 0xffff;
/** Flags of an encrypted member. */
export const ENCRYPTED = 0x2041;
/** Methods of members. */
export const STORED = 0;
export const DEFLATED = 8;
