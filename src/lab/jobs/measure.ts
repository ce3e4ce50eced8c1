/** Measures what the parts of the work cost on the machine at hand, by small pieces of the real work. */
import { prepare, type Setup } from '../../core/experiment/setup.ts';
import { type CostRates, EULER_STEPS } from '../../study/estimate.ts';
import { simulate } from '../../core/engines/engine.ts';
import { COMPILED_RUNS } from '../../core/engines/reduced/coverage.ts';
import { engineOf } from '../../core/engines/registry.ts';
import { parseExperiment, requireParsed } from '../../study/parse.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { solveTheory } from '../../core/theory/solve.ts';
import { DEFAULT_TOLERANCE } from '../../core/theory/theory.ts';

/** Each piece is done this often; the shortest time counts, since the others were disturbed. */
const ROUNDS = 3;
const CLASSES = 4;

/** Takes some tenths of a second on the calling thread. */
export function measureRates(): CostRates {
  const sgd = piece({ horizon: 5 });
  const softmax = piece({ horizon: 3, classes: CLASSES });
  const reduced = piece({ horizon: 20, engine: 'reduced' });
  const plain = piece({ horizon: 5, engine: 'reduced', batchSize: 2 });
  const matrix = piece({ horizon: 5, classes: CLASSES, engine: 'reduced' });
  const hsgd = piece({ horizon: 3, engine: 'hsgd' });
  const perCoordinate = simulationSeconds(sgd) / (steps(sgd) * dimension(sgd));
  const perWideCoordinate = simulationSeconds(softmax) / (steps(softmax) * dimension(softmax));
  return {
    coordinateStep: perCoordinate,
    furtherOutput: Math.max(0, perWideCoordinate / perCoordinate - 1) / (CLASSES - 1),
    // one block of the spectrum, and one for the step itself
    blockStep: simulationSeconds(reduced, COMPILED_RUNS) / (2 * steps(reduced) * COMPILED_RUNS),
    blockStepAlone: simulationSeconds(reduced) / (2 * steps(reduced)),
    plainBlockStep: simulationSeconds(plain) / (2 * steps(plain) * plain.experiment.optimizer.batchSize),
    matrixBlockStep: simulationSeconds(matrix) / (2 * steps(matrix) * CLASSES * CLASSES),
    coordinateEuler: simulationSeconds(hsgd) / (3 * EULER_STEPS * dimension(hsgd)),
    theory: shortest(() => evaluationsOf(sgd)),
    softmaxMoments: momentSeconds(softmax),
  };
}

/** Solves the theory; how often it has evaluated its equations. */
const evaluationsOf = (setup: Setup): number =>
  solveTheory(setup, { curve: 'ode', tolerance: DEFAULT_TOLERANCE, onRow: () => {}, shouldStop: () => false })
    .evaluations;

/** Per class and output: what a theory curve with softmax takes, almost all of it in the moments. */
function momentSeconds(setup: Setup): number {
  let evaluations = 0;
  const seconds = shortest(() => (evaluations = evaluationsOf(setup)));
  return seconds / (evaluations * CLASSES * CLASSES);
}

interface Piece {
  readonly horizon: number;
  readonly classes?: number;
  readonly engine?: Experiment['simulation']['engine'];
  readonly batchSize?: number;
}

function piece({ horizon, classes = 2, engine = 'sgd', batchSize = 1 }: Piece): Setup {
  return prepare(
    requireParsed(
      parseExperiment({
        id: 'measured',
        model: {
          dimension: 1000,
          priors: Array.from({ length: classes }, () => 1 / classes),
          spectrum: { kind: 'identity' },
          means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' } },
        },
        loss: { kind: classes === 2 ? 'logistic' : 'softmax' },
        optimizer: { schedule: { kind: 'constant', rate: 0.5 }, batchSize },
        horizon,
        grid: { kind: 'linear', points: 2 },
        simulation: { engine, runs: 1, seed: 1 },
      }),
    ),
  );
}

const steps = ({ steps }: Setup): number => steps[steps.length - 1];
const dimension = ({ mixture }: Setup): number => mixture.dimension;

/** Of so many runs together. */
function simulationSeconds(setup: Setup, count = 1): number {
  const engine = engineOf(setup.experiment.simulation.engine);
  const runs = Array.from({ length: count }, (_, run) => run);
  return shortest(() => simulate(engine, setup, { runs, onRow: () => {}, shouldStop: () => false }));
}

function shortest(work: () => void): number {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least / 1000;
}
