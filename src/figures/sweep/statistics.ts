/** What can be read off an experiment of a sweep: one number per curve. A new one is an entry here. */
import { decayExponents, fittedExponent } from '../../core/theory/analysis/exponent.ts';
import { simulationCurves, theoryCurve, type Curve, type ExperimentResults } from '../../study/results.ts';
import { cleanGroups, cleanName, cleanPart, groupShares } from '../clean.ts';
import { type ValueScale } from '../curves.ts';
import { cleanShareOf } from '../kinds/clean-share.ts';
import { riskDeviation } from '../kinds/deviation.ts';
import { fieldQuantity, hasField, type Quantity } from '../sample.ts';
import { type Range } from '../ticks.ts';
import { type FigureView } from '../view.ts';

export interface Statistic {
  readonly kind: string;
  readonly title: string;
  /** Name of the value axis, with symbol. */
  readonly valueName: string;
  readonly scale: ValueScale;
  readonly bounds?: Range;
  /** What would be nothing. */
  readonly baseline?: { readonly value: number; readonly label: string };
  /** Whether it is of one time; else of the whole curve. */
  readonly timed: boolean;
  /** Whether a power law of the parameter is fitted to it on log axes. */
  readonly fitted: boolean;
  /** What is said beside it. */
  readonly remark?: (results: readonly ExperimentResults[], view: FigureView) => string;
  applies(results: ExperimentResults): boolean;
  /** At grid point `p`; NaN where it is not there. */
  value(results: ExperimentResults, curve: Curve, p: number, view: FigureView): number;
}

const plain = { timed: true, fitted: false };
const anything = () => true;
const atPoint =
  (quantity: (view: FigureView) => Quantity): Statistic['value'] =>
  (results, curve, p, view) =>
    quantity(view)(results, curve)[p];

const hasGroups = ({ frame }: ExperimentResults): boolean => frame.layout.groups > 1;
const cleanRemark: Statistic['remark'] = (results, view) => cleanName(results, view.threshold);

export const statistics: readonly Statistic[] = [
  {
    ...plain,
    kind: 'risk',
    title: 'Risk',
    valueName: 'risk R',
    scale: 'log',
    applies: anything,
    value: atPoint(() => fieldQuantity('risk')),
  },
  {
    ...plain,
    kind: 'error',
    title: 'Classification error',
    valueName: 'error',
    scale: 'log',
    applies: ({ frame }) => hasField(frame, 'error'),
    value: atPoint(() => fieldQuantity('error')),
  },
  {
    ...plain,
    kind: 'decay',
    title: 'Local decay exponent',
    valueName: 'local exponent −d log R / d log t',
    scale: 'signed',
    applies: anything,
    value: (results, curve, p) => decayExponents(results.frame.t, fieldQuantity('risk')(results, curve))[p],
  },
  {
    ...plain,
    kind: 'decade-exponent',
    title: 'Late decay exponent',
    valueName: 'exponent of R over the decade before t',
    scale: 'signed',
    applies: anything,
    value: (results, curve, p) => {
      const { t } = results.frame;
      return fittedExponent(t, fieldQuantity('risk')(results, curve), t[p] / 10, t[p]);
    },
  },
  {
    ...plain,
    kind: 'clean-share',
    title: 'Clean-direction alignment',
    valueName: 'share of ‖X‖² in clean directions',
    scale: 'linear',
    bounds: { min: 0, max: 1 },
    remark: cleanRemark,
    applies: hasGroups,
    value: atPoint((view) => cleanShareOf(view.threshold)),
  },
  {
    ...plain,
    kind: 'enrichment',
    title: 'Enrichment of clean directions',
    valueName: 'weight share / mean-energy share',
    scale: 'linear',
    baseline: { value: 1, label: 'no preference' },
    remark: cleanRemark,
    applies: hasGroups,
    value: (results, curve, p, view) => {
      const energy = cleanPart(groupShares(results).energy, cleanGroups(results, view.threshold));
      return energy > 0 ? cleanShareOf(view.threshold)(results, curve)[p] / energy : NaN;
    },
  },
  {
    ...plain,
    kind: 'norm',
    title: 'Norm of the weights',
    valueName: '‖X‖²',
    scale: 'log',
    applies: anything,
    value: atPoint(() => fieldQuantity('norm')),
  },
  {
    ...plain,
    kind: 'learning-rate',
    title: 'Learning rate',
    valueName: 'learning rate γ',
    scale: 'log',
    applies: anything,
    value: atPoint(() => fieldQuantity('learning_rate')),
  },
  {
    kind: 'deviation',
    title: 'Concentration',
    valueName: 'sup |R_SGD − R_ODE|',
    scale: 'log',
    timed: false,
    fitted: true,
    applies: (results) => theoryCurve(results, 'ode') !== undefined && simulationCurves(results).length > 0,
    value: (results, curve) => {
      const most = riskDeviation(results, curve).reduce((best, value) => (value > best ? value : best), -1);
      return most >= 0 ? most : NaN;
    },
  },
];

/** The statistic of that name, or undefined. */
export const statistic = (kind: string): Statistic | undefined =>
  statistics.find((candidate) => candidate.kind === kind);
