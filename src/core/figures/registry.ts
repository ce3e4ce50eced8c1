/** The figures that exist: a new one is a file in kinds/ and a line here. */
import { type FigureKind } from './figure.ts';
import { error } from './kinds/error.ts';
import { norm, learningRate } from './kinds/scalars.ts';
import { overlap } from './kinds/overlap.ts';
import { risk } from './kinds/risk.ts';

export const figureKinds: readonly FigureKind[] = [risk, error, overlap, learningRate, norm];

/** The kind of that name, or undefined. */
export function figureKind(kind: string): FigureKind | undefined {
  return figureKinds.find((candidate) => candidate.kind === kind);
}
