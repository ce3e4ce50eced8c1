/** What is drawn of the table of a figure of curves. */
import { curveKind } from '../core/theory/curves/curve-kind.ts';
import { lookBeside } from './curve-look.ts';
import { quantileBand, theoryBandFactors, type Baseline, type CurveSet } from './curve-set.ts';
import { type CurveMark, type FigureMarks } from './figure-marks.ts';
import { centreOf, theoryBandOf, type BandKind, type FigureView } from './view.ts';

const BANDS: Readonly<Record<BandKind, CurveMark['band']>> = {
  quantiles: { low: 'q10', high: 'q90' },
  range: { low: 'min', high: 'max' },
  deviation: { around: 'sd' },
  error: { around: 'se' },
  none: null,
};

/** @param line column of the main line: theory, or a fit. */
export function marksOf(
  sets: readonly CurveSet[],
  baselines: readonly Baseline[],
  view: FigureView,
  line: string,
): FigureMarks {
  const ofTheory = theoryBandOf(view);
  const curves = sets.map((set): CurveMark => {
    const { name, legend, style, theory, spread, others, runs } = set;
    const centre = centreOf(view.band);
    return {
      name,
      legend,
      color: style.color,
      marker: style.marker,
      dash: style.dash,
      lines: [
        ...(theory ? [{ column: line, dash: style.dash, width: 1.4 }] : []),
        ...others.map(({ kind }) => ({
          column: kind.replaceAll('-', '_'),
          dash: style.dashes[lookBeside(curveKind(kind))],
          width: 1.1,
        })),
        ...(theory || runs.length === 0 ? [] : [{ column: centre, dash: style.dash, width: 1.1 }]),
      ],
      dots: runs.length > 0 ? centre : null,
      band: runs.length > 1 ? BANDS[view.band] : null,
      theoryBand: quantileBand(set, view)
        ? { low: 'theory_q10', high: 'theory_q90' }
        : theory && spread && ofTheory !== 'none'
          ? { about: line, factor: theoryBandFactors[ofTheory] }
          : null,
      runs: view.singleRuns && runs.length > 1 ? runs : [],
    };
  });
  return { kind: 'curves', curves, levels: baselines.map(({ value, label }) => ({ value, label })) };
}
