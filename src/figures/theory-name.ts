/** What curves of the theory are called: those of the limit d → ∞ say so. */
import { type Experiment } from '../core/experiment/schema.ts';
import { comparedOrder, findCurveKind } from '../core/theory/curves/curve-kind.ts';
import { type Texts } from '../text/texts.ts';
import { inputLabel, type FigureInput } from './figure.ts';

/** `theory`, `gradient flow`: of whatever d. Without a kind the curve that runs are compared with. */
export const curveName = ({ named, say }: Texts, kind?: string): string =>
  kind === undefined ? say('source.theory') : named(`source.${kind}`, findCurveKind(kind)?.label ?? kind);

/** The same of an experiment: on finite data the theory of a stream is that of one pass, and runs have another one. */
function plainName(texts: Texts, { data, theory }: Experiment, kind?: string): string {
  if (data.kind === 'stream') return curveName(texts, kind);
  const compared = kind ?? comparedOrder(true).find((each) => theory.curves.includes(each.kind))?.kind;
  return compared === undefined || !findCurveKind(compared)?.noise || findCurveKind(compared)?.finite
    ? curveName(texts, compared)
    : texts.say('source.one-pass');
}

/** `theory`, or `theory (d → ∞)`. */
export function theoryName(texts: Texts, experiment: Experiment, kind?: string): string {
  const curve = plainName(texts, experiment, kind);
  return experiment.theory.limit ? texts.say('curve.limit', { curve }) : curve;
}

/** Of several experiments together: `theory (d → ∞ for A, B)` where it is not that of all. */
export function commonTheoryName(texts: Texts, inputs: readonly FigureInput[], kind?: string): string {
  const { say } = texts;
  const names = new Set(inputs.map(({ results }) => plainName(texts, results.experiment, kind)));
  const curve = names.size === 1 ? [...names][0] : curveName(texts, kind);
  const limits = [...new Set(inputs.filter(({ results }) => results.experiment.theory.limit).map(inputLabel))];
  if (limits.length === 0) return curve;
  if (inputs.every(({ results }) => results.experiment.theory.limit)) return say('curve.limit', { curve });
  return say('curve.limitOf', { curve, names: limits.join(say('list.comma')) });
}
