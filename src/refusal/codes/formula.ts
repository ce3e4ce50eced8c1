/** Codes of a loss that is typed as a formula. `at` is the place of a character, from 1 on. */

type Nothing = Readonly<Record<never, never>>;

interface At {
  readonly at: number;
}

export interface FormulaCodes {
  'formula-text': { readonly most: number };
  'formula-length': { readonly most: number };
  'formula-nodes': At & { readonly most: number };
  'formula-depth': At & { readonly most: number };
  'formula-character': At & { readonly character: string };
  'formula-number': At;
  /** Something to compute with is wanted; `found` is null at the end. */
  'formula-operand': At & { readonly found: string | null };
  /** An operator or the end is wanted. */
  'formula-operator': At & { readonly found: string };
  /** A parenthesis is open, and `sign` is wanted. */
  'formula-open': At & { readonly open: number; readonly sign: ')' | ','; readonly found: string | null };
  'formula-name': At & {
    readonly name: string;
    readonly names: readonly string[];
    readonly functions: readonly string[];
    readonly meant: string | null;
  };
  /** A function without its arguments. */
  'formula-function': At & { readonly name: string };
  /** Arguments of what is no function. */
  'formula-call': At & { readonly name: string };
  'formula-arguments': At & { readonly name: string; readonly expected: number; readonly got: number };
  'formula-comparison': At;
  'formula-condition': At;
  /** The formula does not see the output. */
  'formula-constant': Nothing;
  /** A variable that labels of the experiment do not give. */
  'formula-labels': At & { readonly name: string; readonly labels: string };
  /** The noise enters in a way that theory has no average for. */
  'formula-noise': At;
  'constant-list': Nothing;
  'constant-name': Nothing;
  /** A name that the formula knows already. */
  'constant-taken': Nothing;
  'constant-count': { readonly most: number };
  /** f′ of a sample at the start has no finite square on average. */
  'formula-start': Nothing;
}
