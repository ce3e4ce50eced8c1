/** Codes of files of arrays (src/study): what cannot be read, where, what can be done about it, what was changed. */
import { type Nothing } from './description.ts';

/** What a file has in place of rows of numbers. */
export type OtherContent =
  | 'none'
  | 'header'
  | 'index'
  | 'excel'
  | 'old-excel'
  | 'open-document'
  | 'pytorch'
  | 'results'
  | 'hdf5'
  | 'mat'
  | 'gzip'
  | 'parquet'
  | 'pdf'
  | 'json-object';

/** What a type of NumPy is of that is none of numbers, or of none that there are here. */
export type OtherType = 'objects' | 'bytes' | 'strings' | 'dates' | 'spans' | 'raw' | 'extended' | 'complex-extended';

interface TextCodes {
  'rows-of-numbers': { readonly is: OtherContent };
  'rows-of-shape': { readonly rows: number; readonly columns: number };
  /** `rows` null: any number of them. */
  'array-shape': { readonly rows: number | null; readonly columns: number };
  'entries-as': { readonly entries: number; readonly as: 'lines' | 'rows' | 'header' };
  /** What reads as decimal commas. */
  'decimal-commas': { readonly read: string };
  'mixed-decimals': { readonly cell: string };
  'comma-of-two-readings': { readonly cell: string };
  'count-of-lines': { readonly first: readonly number[] };
  'open-quotation': Nothing;
  'one-array': { readonly names: readonly string[] };
  'after-array': { readonly rest: string };
  'open-bracket': Nothing;
  'other-bracket': Nothing;
  abbreviated: Nothing;
  dimensions: { readonly dimensions: number | null };
  'bracket-among-numbers': Nothing;
  'bracket-row': Nothing;
  'empty-row': Nothing;
  'comma-between': Nothing;
  'space-between': Nothing;
  'no-semicolon': Nothing;
  'market-banner': Nothing;
  'market-size': Nothing;
  'market-entries': { readonly rows: number; readonly columns: number };
  'real-numbers': { readonly imaginary: number };
}

interface NpyCodes {
  'npy-file': Nothing;
  'npy-version': Nothing;
  'npy-header': Nothing;
  'npy-shape': Nothing;
  'npy-structured': Nothing;
  'npy-type': { readonly type: string; readonly is: OtherType | null };
  'bytes-of-data': { readonly bytes: number };
  'most-bytes': { readonly most: number };
  'one-npz-array': { readonly names: readonly string[]; readonly more: boolean; readonly count: number };
  'npz-without-arrays': Nothing;
  'zip-directory': Nothing;
}

interface EncodingCodes {
  'utf8-byte': { readonly hex: string };
  utf32: Nothing;
  'utf16-half': Nothing;
  'zero-byte': Nothing;
}

export interface ArrayCodes extends TextCodes, NpyCodes, EncodingCodes {}

/** Where in a file, all from 1 but the indices. */
export type ArrayPlace =
  | { readonly of: 'line' | 'row'; readonly at: number; readonly entry?: number }
  | { readonly of: 'column'; readonly at: number }
  | { readonly of: 'byte'; readonly at: number; readonly line?: number }
  | { readonly of: 'entry'; readonly indices: readonly number[] };

/** What can be done about it. */
export interface Remedies {
  'to-points': Nothing;
  'point-without-thousands': Nothing;
  'points-without-thousands': Nothing;
  'points-and-one-separator': Nothing;
  'name-each-column': Nothing;
  'row-per-class': Nothing;
  'remove-first-line': Nothing;
  'remove-first-column': Nothing;
  'remove-count': Nothing;
  'not-negative': { readonly share: number };
  'real-eigenvalues': Nothing;
  'stack-fields': Nothing;
  float64: Nothing;
  /** Python that saves the numbers. */
  'save-with': { readonly code: string };
  'save-one': { readonly code: string | null };
  'print-in-full': Nothing;
  'full-matrix': Nothing;
  'sheet-as-csv': Nothing;
  'table-as-csv': Nothing;
  utf8: Nothing;
  'utf8-text': Nothing;
  'as-text': { readonly code: string };
  'text-or-npy': Nothing;
  unpack: Nothing;
  'import-study': Nothing;
  'rows-alone': Nothing;
  reshape: Nothing;
}

/** What was left out, changed or chosen. */
export interface Notices {
  'columns-as-rows': Nothing;
  square: Nothing;
  'header-left-out': { readonly line: number; readonly cells: readonly string[]; readonly more: boolean };
  'index-left-out': { readonly cells: readonly string[]; readonly more: boolean };
  'one-row-for-all': { readonly classes: number };
  'round-off': { readonly count: number };
  'no-eigenvalues': { readonly negatives: number };
  'imaginary-left-out': Nothing;
  'commas-as-points': Nothing;
}

export type Remedy = {
  readonly [Each in keyof Remedies]: { readonly code: Each; readonly allowed: Remedies[Each] };
}[keyof Remedies];
export type Notice = {
  readonly [Each in keyof Notices]: { readonly code: Each; readonly allowed: Notices[Each] };
}[keyof Notices];
