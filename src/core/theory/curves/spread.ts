/**
 * Spread of runs from theory: the standard deviations (T16) of every observable of the equivalent of SGD. Its rows are laid
 * out as those of the curve itself.
 */
import { Refused } from '../../../refusal/refusal.ts';
import { packedSize } from '../../model/overlaps.ts';
import { createUpdate } from '../../update/create-update.ts';
import { createLinearMap } from '../../update/update.ts';
import { type Costed } from '../../experiment/cost.ts';
import { type Experiment } from '../../experiment/schema.ts';
import { type Setup } from '../../experiment/setup.ts';
import { integrateFluctuations } from '../fluctuations/integrate-fluctuations.ts';
import { createRowSpread } from '../fluctuations/row-spread.ts';
import { spreadNodesRefusal } from '../fluctuations/spread-refusal.ts';
import { reduceDirections } from '../nodes/directions.ts';
import { type TheoryOptions, type TheoryReport } from '../theory.ts';
import { type CurveKind } from './curve.ts';
import { nodesOf } from './nodes-of.ts';
import { ode } from './ode.ts';

/** Relative accuracy of C per unit of that of the curve: standard deviations are drawn, not subtracted. */
const COARSER = 100;

function solveSpread(setup: Setup, options: TheoryOptions, discrete: boolean): TheoryReport {
  const refusal = spreadNodesRefusal(reduceDirections(setup, options.tolerance).nodes, setup.update);
  if (refusal) throw new Refused([{ path: 'theory.spread', ...refusal }]);
  const row = new Float64Array(setup.layout.size);
  let write: ReturnType<typeof createRowSpread> | null = null;
  let point = 0;
  const end = integrateFluctuations(setup, {
    tolerance: Math.min(0.1, COARSER * options.tolerance),
    discrete,
    times: setup.steps.map((step) => step / setup.mixture.dimension),
    shouldStop: options.shouldStop,
    onState(state) {
      write ??= createRowSpread(setup.layout, state);
      write(state, row);
      options.onRow(point++, row);
    },
  });
  const { outcome, accepted, rejected, evaluations, integrators, nodes, momentError } = end;
  return { outcome, accepted, rejected, evaluations, integrator: integrators.join(', then '), nodes, momentError };
}

/** Evaluations of (T16) that a curve takes, about. */
const EVALUATIONS = 200;
/** Evaluations per time and decay of C: explicit steps are about 4.5 over the largest rate long, at 12 evaluations each. */
const PER_DECAY = 12 / 4.5;

/** Entries of C that a curve computes, about: all evaluations together. */
function entriesOf(experiment: Experiment): number {
  const { model, optimizer, horizon } = experiment;
  const update = createUpdate(optimizer, model.dimension);
  const fields = update.fields.length;
  const merges = model.spectrum.kind !== 'power-law' || update.monotone;
  const rows = (fields + packedSize(fields)) * (merges ? nodesOf(experiment) : model.dimension);
  const map = createLinearMap(fields);
  update.flow(horizon, 1, map);
  const forgets = map.matrix.reduce((most, value, k) => (k % (fields + 1) === 0 ? Math.max(most, -value) : most), 0);
  // products, and C of them, decay four times as fast; full rows of further fields are twice the packed ones
  return (EVALUATIONS + 4 * PER_DECAY * forgets * horizon) * (fields > 1 ? rows * rows : (rows * rows) / 2);
}

/** Rates: `entry`, one entry of C in one evaluation, and `curve`, what every curve takes beside. */
const spreadCost = (discrete: boolean): Costed => ({
  rates: { entry: 1.5e-8, curve: 2e-2 },
  cost: (experiment, _threads, { entry, curve }) => curve + entry * entriesOf(experiment),
  async probe(bench) {
    const small = bench.setup({ horizon: 1, dimension: 60 });
    // kept apart, that there be entries to count
    const setup = { ...small, update: { ...small.update, equivariant: false } };
    const options = { tolerance: 1e-6, onRow: () => {}, shouldStop: () => false };
    let evaluations = 0;
    const many = await bench.seconds(() => ({ evaluations } = solveSpread(setup, options, discrete)));
    const curve = await bench.seconds(() => solveSpread(small, options, discrete));
    return { curve, entry: Math.max(0, many - curve) / (evaluations * 2 * 60 * 60) };
  },
});

const spreadOf = (kind: string, discrete: boolean, engine?: string): CurveKind => ({
  kind,
  label: 'theory, standard deviation',
  noise: true,
  look: 'dotted',
  spread: { of: ode.kind, ...(engine !== undefined && { engine }) },
  refuses: () => null,
  solve: async (setup, options) => solveSpread(setup, options, discrete),
  ...spreadCost(discrete),
});

/** Of SGD, step by step. */
export const odeSpread = spreadOf('ode-spread', true);
/** Of homogenised SGD, whose noise is Gaussian: without what single steps add. */
export const hsgdSpread = spreadOf('ode-spread-hsgd', false, 'hsgd');
