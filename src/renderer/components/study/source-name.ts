/** What a curve of an experiment is called; runs are numbered from 0, as in files. */
import { areRuns, rangesOf, theoryName, type Trouble } from '../../../figures/index.ts';
import { isRun, type CurveSource } from '../../../core/experiment/curve-source.ts';
import { type ExperimentResults } from '../../../study/results.ts';
import { findCurveKind } from '../../../core/theory/curves/curve-kind.ts';
import { named, t } from '../../i18n/index.ts';

/** A theory curve as it stands in a sentence. */
const curveName = (kind: string): string => named(`source.${kind}`, findCurveKind(kind)?.label ?? kind);

export function sourceName({ experiment }: ExperimentResults, source: CurveSource): string {
  return isRun(source) ? t('source.simulation', { n: source.run }) : theoryName(experiment, curveName(source.kind));
}

/** Who is in trouble. */
export function troubledName({ experiment }: ExperimentResults, { of }: Pick<Trouble, 'of'>): string {
  return areRuns(of)
    ? rangesOf(of.runs, (run) => t('source.simulation', { n: run }))
    : theoryName(experiment, curveName(of.kind));
}
