/** The interface of a theory curve: what is solved for an experiment beside its runs. */
import { type Condition } from '../../../refusal/codes/description.ts';
import { type Costed } from '../../experiment/cost.ts';
import { type Subject } from '../../experiment/schema.ts';
import { type Setup } from '../../experiment/setup.ts';
import { type TheoryOptions, type TheoryReport } from '../theory.ts';

/** How figures draw a curve: the experiment's own line, or that broken, so that several of one colour are told apart. */
export type CurveLook = 'line' | 'dashed' | 'dotted';

/** A registered theory curve. */
export interface CurveKind extends Costed {
  /** Name in studies, keys and results: [a-z0-9-], and not `simulation`. */
  readonly kind: string;
  /** Plain name for people, as it stands in a sentence. */
  readonly label: string;
  /** Whether SGD's noise acts: runs are compared with such a curve. */
  readonly noise: boolean;
  /** Whether it is of finite data: runs on such are compared with it before curves of a stream. */
  readonly finite?: boolean;
  readonly look: CurveLook;
  /** Of a spread: the curve whose standard deviations over runs its rows are, and of runs of which engine if not of SGD. */
  readonly spread?: { readonly of: string; readonly engine?: string };
  /** What it is not solved for, to follow "expected another curve": `for a loss with a teacher`; or null. */
  refuses(subject: Subject): Condition | null;
  /** Solves it and reports a row at every grid time. Bad numerics are in the report's outcome; bad input rejects. */
  solve(setup: Setup, options: TheoryOptions): Promise<TheoryReport>;
}
