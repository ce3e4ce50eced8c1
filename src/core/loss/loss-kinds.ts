/** The losses that exist: a new one is a file beside this one and a line here. */
import { binaryLeastSquares } from './binary-least-squares.ts';
import { formulaLoss } from './formula-loss.ts';
import { logistic } from './logistic.ts';
import { oneHotLeastSquares } from './one-hot-least-squares.ts';
import { phaseRetrieval } from './phase-retrieval.ts';
import { softmax } from './softmax.ts';
import { teacherLeastSquares } from './teacher-least-squares.ts';
import { twoLayer } from './two-layer.ts';

export const lossKinds = [
  logistic,
  binaryLeastSquares,
  softmax,
  oneHotLeastSquares,
  teacherLeastSquares,
  phaseRetrieval,
  formulaLoss,
  twoLayer,
] as const;
