/** Folders of an experiment's curves in an archive: one per theory curve, and one for all runs (study-format.md). */
import { curveKinds } from '../../core/theory/curves/curve-kinds.ts';

/** Of the runs, whichever engine made them. */
export const RUNS_FOLDER = 'sgd';

/** The folders that this program reads. */
export const curveFolders = (): string[] => [...curveKinds.map(({ kind }) => kind), RUNS_FOLDER];
