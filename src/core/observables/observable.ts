/** The interface of an observable: what of a state one row of results says, and how its numbers are told apart. */
import { type GaussianMoments, type Loss } from '../loss/loss.ts';
import { type OutputLaw } from '../model/overlaps.ts';

/** What decides how many numbers the observables of an experiment have. */
export interface LayoutSizes {
  readonly classes: number;
  /** ℓ. */
  readonly outputs: number;
  /** ℓ*. */
  readonly teacherOutputs: number;
  /** G. */
  readonly groups: number;
  readonly classifies: boolean;
  /** Parameters that the loss learns of its own. */
  readonly learned: number;
  /** Whether the model is a diagonal network. */
  readonly diagonal: boolean;
  /** Whether iterates are averaged. */
  readonly averages: boolean;
  /** Whether the theory is that of an escape, by quantiles. */
  readonly escapes: boolean;
  /** Whether samples are those of a finite set. */
  readonly finite: boolean;
}

/** Levels of the quantiles of an escape, ascending and symmetric. */
export const ESCAPE_LEVELS: readonly number[] = [0.1, 0.25, 0.5, 0.75, 0.9];

/** An index of an observable that is more than one number. */
export interface Axis {
  /** Of its column in tables: `class`. Indices count from 0, as in NumPy. */
  readonly name: string;
  size(sizes: LayoutSizes): number;
  /** Left out of the shape where it has one entry. */
  readonly leftOut?: true;
}

/** The same index, left out of the shape where it has one entry. */
export const ifSeveral = (axis: Axis): Axis => ({ ...axis, leftOut: true });

export const CLASS: Axis = { name: 'class', size: ({ classes }) => classes };
export const OUTPUT: Axis = { name: 'output', size: ({ outputs }) => outputs };
/** The second index of a matrix over outputs. */
export const OTHER_OUTPUT: Axis = { name: 'output2', size: ({ outputs }) => outputs };
export const TEACHER_OUTPUT: Axis = { name: 'teacher_output', size: ({ teacherOutputs }) => teacherOutputs };
/** A hidden unit, whose weight in the second layer is learned. */
export const UNIT: Axis = { name: 'unit', size: ({ learned }) => learned };
export const LEVEL: Axis = { name: 'level', size: () => ESCAPE_LEVELS.length };
export const GROUP: Axis = { name: 'group', size: ({ groups }) => groups };

/** Squared norms and overlaps by spectral group, of one state. */
export interface GroupSums {
  /** Σ_{ρ∈G} E x_{ρ,o}², G×ℓ row-major. */
  readonly norm: Float64Array;
  /** Σ_{ρ∈G} μ_{i,ρ} x_{ρ,o(i)}, G×C row-major; o(i) = i for ℓ = C > 1, else the first output. */
  readonly overlap: Float64Array;
  /** Σ_ρ x_{ρ,o} x*_{ρ,o'}, ℓ×ℓ* row-major. */
  readonly teacherProduct: Float64Array;
}

/**
 * What only the process behind a curve knows of its state, by name: an engine that averages its iterates the risk of the
 * average, a pass over data the risk on them. Null for a name that it does not know.
 */
export type Quantities = (name: string) => ArrayLike<number> | null;

/** The state that a row is written from: of the theory or of a simulation, whichever it is. */
export interface Observed {
  readonly sizes: LayoutSizes;
  readonly loss: Loss;
  /** p_i, C. */
  readonly priors: Float64Array;
  /** (T3), per class. */
  readonly law: OutputLaw;
  /** (T2) at that law, per class. */
  readonly moments: readonly GaussianMoments[];
  readonly sums: GroupSums;
  /** γ of the next step. */
  readonly rate: number;
  readonly ask: Quantities;
}

/** A registered observable. Keys and shapes are those of the results file (study-format.md). */
export interface ObservableKind {
  /** Name in results files and tables: letters, digits and `_`. */
  readonly key: string;
  /** Its indices, outermost first; none for one number. */
  readonly axes: readonly Axis[];
  /**
   * Version of the results (experiment/identity.ts) since which it is what it is. A new one, or a change of what it
   * means, takes the next number: results that were stored before are then known to lack it.
   */
  readonly version: number;
  /** Whether every file of results has it, also those of other programs (study-format.md). */
  readonly required?: boolean;
  /** What its numbers can be, where that is not any: at least 0, for a risk where the loss is; at most one for a share. */
  readonly range?: { readonly least: 'zero' | 'as the loss'; readonly most?: number };
  /** Whether theory alone has it: there is no such number of one run. */
  readonly ofTheory?: boolean;
  /** Whether experiments of these sizes have it. */
  exists(sizes: LayoutSizes): boolean;
  /**
   * Its numbers of one state.
   * @param out one number per entry of the axes' product, C order.
   */
  write(state: Observed, out: Float64Array): void;
}

/** The numbers of a quantity that the process is asked for; NaN where it does not know it. */
export function writeAsked({ ask }: Observed, name: string, out: Float64Array): void {
  const found = ask(name);
  if (!found) {
    out.fill(NaN);
    return;
  }
  if (found.length !== out.length) throw new RangeError(`${name}: expected ${out.length} numbers, got ${found.length}`);
  out.set(found);
}
