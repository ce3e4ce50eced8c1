/** How curves beside the one that runs are compared with are drawn. */
import { type CurveKind, type CurveLook } from '../core/theory/curves/curve.ts';

/** A curve that is a line where it stands first is dotted beside another. */
export const lookBeside = ({ look }: Pick<CurveKind, 'look'>): CurveLook => (look === 'line' ? 'dotted' : look);
