/** The flow of a setup: that of X itself, or of a diagonal network. */
import { solveStarted } from '../escape/solve-escape.ts';
import { type SolveTheory } from '../theory.ts';
import { solveDiagonal } from './solve-diagonal.ts';

export const solveFlow: SolveTheory = (setup, options) =>
  (setup.diagonal === null ? solveStarted : solveDiagonal)(setup, options);
