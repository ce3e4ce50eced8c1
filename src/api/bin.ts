/** Days that a deleted study stays in the bin; after that it is removed for ever when the app starts. */
export const BIN_DAYS = 30;
