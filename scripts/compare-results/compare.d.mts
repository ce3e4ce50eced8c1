export interface Comparison {
  /** Arrays and curves that are equal. */
  equal: number;
  /** A line for each that is different or missing. */
  differences: string[];
  /** Names that only the second file has. */
  extra: string[];
}

export function compareFiles(before: Uint8Array, after: Uint8Array): Comparison;
