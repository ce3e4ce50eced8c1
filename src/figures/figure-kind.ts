/** Figures by name. */
import { type FigureKind } from './figure.ts';
import { figureKinds } from './figure-kinds.ts';

/** The kind of that name, or undefined. */
export const figureKind = (kind: string): FigureKind | undefined =>
  figureKinds.find((candidate) => candidate.kind === kind);
