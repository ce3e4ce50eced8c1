/** What can be read off an experiment of a sweep: one number per curve. A new one is an entry here. */
import { said, symbol, texts, type Said } from '../../text/texts.ts';
import { isRun } from '../../core/experiment/curve-source.ts';
import { firstCrossing } from '../../core/theory/analysis/crossing.ts';
import { endpointsOf } from '../../core/theory/analysis/index.ts';
import { decayExponents, fittedExponent } from '../../core/theory/analysis/exponent.ts';
import {
  expectedCurve,
  simulationCurves,
  spreadCurve,
  type Curve,
  type ExperimentResults,
} from '../../study/experiment-results.ts';
import { cleanGroups, cleanName, cleanPart, groupShares } from '../clean.ts';
import { type ValueScale } from '../curves.ts';
import { squaredCosine } from '../kinds/cosine.ts';
import { ESCAPED } from '../kinds/escape.ts';
import { cleanShareOf } from '../kinds/clean-share.ts';
import { riskDeviation } from '../kinds/deviation.ts';
import { ensemble } from '../ensemble.ts';
import { fieldQuantity, hasField, spreadOf, type Quantity } from '../sample.ts';
import { type Range } from '../ticks.ts';
import { type FigureView } from '../view.ts';

export interface Statistic {
  readonly kind: string;
  readonly title: Said;
  /** Name of the value axis, with symbol. */
  readonly valueName: Said;
  readonly scale: ValueScale;
  readonly bounds?: Range;
  /** What would be nothing. */
  readonly baseline?: { readonly value: number; readonly label: Said };
  /** Whether it is of one time; else of the whole curve. */
  readonly timed: boolean;
  /** Whether a power law of the parameter is fitted to it on log axes. */
  readonly fitted: boolean;
  /** What its lines are, where they are not the theory curve that runs are compared with. */
  readonly line?: Said;
  /** What is said beside it. */
  readonly remark?: (results: readonly ExperimentResults[], view: FigureView) => string;
  applies(results: ExperimentResults): boolean;
  /** At grid point `p` of what is one number of all the runs together: by theory, and of the runs. */
  readonly together?: (results: ExperimentResults, p: number) => { readonly theory: number; readonly runs: number };
  /** At grid point `p`; NaN where it is not there. */
  value(results: ExperimentResults, curve: Curve, p: number, view: FigureView): number;
}

const risk = fieldQuantity('risk');
const plain = { timed: true, fitted: false };
const anything = () => true;
const atPoint =
  (quantity: (view: FigureView) => Quantity): Statistic['value'] =>
  (results, curve, p, view) =>
    quantity(view)(results, curve)[p];

const hasGroups = ({ frame }: ExperimentResults): boolean => frame.layout.groups > 1;
const cleanRemark: Statistic['remark'] = (results, { threshold, language }) =>
  cleanName(texts(language), results, threshold);

export const statistics: readonly Statistic[] = [
  {
    ...plain,
    kind: 'risk',
    title: said('statistic.risk'),
    valueName: said('quantity.risk'),
    scale: 'log',
    applies: anything,
    value: atPoint(() => fieldQuantity('risk')),
  },
  {
    ...plain,
    kind: 'train-risk',
    title: said('statistic.train-risk'),
    valueName: said('quantity.train-risk'),
    scale: 'log',
    applies: ({ frame }) => hasField(frame, 'train_risk'),
    value: atPoint(() => fieldQuantity('train_risk')),
  },
  {
    kind: 'endpoint-risk',
    title: said('statistic.endpoint-risk'),
    valueName: said('quantity.endpoint-risk'),
    line: said('source.endpoint'),
    scale: 'log',
    timed: false,
    fitted: false,
    applies: ({ experiment }) => (experiment.theory.endpoints ?? []).length > 0,
    // the first of the description; without bound where no minimum is there
    value: (results, curve) => (isRun(curve.source) ? NaN : endpointsOf(results.experiment)[0].risk),
  },
  {
    ...plain,
    kind: 'average-risk',
    title: said('figure.average-risk'),
    valueName: said('quantity.average-risk'),
    scale: 'log',
    applies: ({ frame }) => hasField(frame, 'average_risk'),
    value: atPoint(() => fieldQuantity('average_risk')),
  },
  {
    ...plain,
    kind: 'l1',
    title: said('statistic.l1'),
    valueName: symbol('‖X‖₁/√d'),
    scale: 'log',
    applies: ({ frame }) => hasField(frame, 'l1'),
    value: atPoint(() => fieldQuantity('l1')),
  },
  {
    ...plain,
    kind: 'effective-scale',
    title: said('statistic.effective-scale'),
    valueName: said('quantity.effective-scale'),
    scale: 'log',
    applies: ({ frame }) => hasField(frame, 'effective_scale'),
    value: atPoint(() => fieldQuantity('effective_scale')),
  },
  {
    ...plain,
    kind: 'error',
    title: said('statistic.error'),
    valueName: said('quantity.error'),
    scale: 'log',
    applies: ({ frame }) => hasField(frame, 'error'),
    value: atPoint(() => fieldQuantity('error')),
  },
  {
    ...plain,
    kind: 'decay',
    title: said('statistic.decay'),
    valueName: said('quantity.local-exponent'),
    scale: 'signed',
    applies: anything,
    value: (results, curve, p) => decayExponents(results.frame.t, fieldQuantity('risk')(results, curve))[p],
  },
  {
    ...plain,
    kind: 'decade-exponent',
    title: said('statistic.decade-exponent'),
    valueName: said('quantity.decade-exponent'),
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
    title: said('statistic.clean-share'),
    valueName: said('quantity.clean-share'),
    scale: 'linear',
    bounds: { min: 0, max: 1 },
    remark: cleanRemark,
    applies: hasGroups,
    value: atPoint((view) => cleanShareOf(view.threshold)),
  },
  {
    ...plain,
    kind: 'enrichment',
    title: said('statistic.enrichment'),
    valueName: said('quantity.enrichment'),
    scale: 'linear',
    baseline: { value: 1, label: said('baseline.none') },
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
    title: said('statistic.norm'),
    valueName: symbol('‖X‖²'),
    scale: 'log',
    applies: anything,
    value: atPoint(() => fieldQuantity('norm')),
  },
  {
    ...plain,
    kind: 'risk-sd',
    title: said('statistic.risk-sd'),
    valueName: said('quantity.risk-sd'),
    scale: 'log',
    applies: (results) => spreadCurve(results) !== undefined || simulationCurves(results).length > 1,
    value: () => NaN,
    together: (results, p) => {
      const runs = simulationCurves(results).flatMap((curve) => (curve.points > p ? [[risk(results, curve)[p]]] : []));
      return { theory: spreadOf(results, risk)?.[p] ?? NaN, runs: ensemble(runs).sd[0] ?? NaN };
    },
  },
  {
    ...plain,
    kind: 'learning-rate',
    title: said('statistic.learning-rate'),
    valueName: said('quantity.learning-rate'),
    scale: 'log',
    applies: anything,
    value: atPoint(() => fieldQuantity('learning_rate')),
  },
  {
    kind: 'escape-time',
    title: said('statistic.escape-time'),
    valueName: said('quantity.escape-time'),
    scale: 'linear',
    timed: false,
    fitted: false,
    applies: ({ frame }) => hasField(frame, 'cosine_quantiles'),
    // the line of theory is that of the median run
    value: (results, curve) => {
      const time = firstCrossing(results.frame.t, squaredCosine(results, curve), ESCAPED);
      return Number.isFinite(time) ? time : NaN;
    },
  },
  {
    kind: 'deviation',
    title: said('statistic.deviation'),
    valueName: symbol('sup |R_SGD − R_ODE|'),
    scale: 'log',
    timed: false,
    fitted: true,
    applies: (results) => expectedCurve(results) !== undefined && simulationCurves(results).length > 0,
    value: (results, curve) => {
      const most = riskDeviation(results, curve).reduce((best, value) => (value > best ? value : best), -1);
      return most >= 0 ? most : NaN;
    },
  },
];

/** The statistic of that name, or undefined. */
export const statistic = (kind: string): Statistic | undefined =>
  statistics.find((candidate) => candidate.kind === kind);
