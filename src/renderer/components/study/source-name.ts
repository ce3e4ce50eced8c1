/** What a curve of an experiment is called; runs are numbered from 0, as in files. */
import { areRuns, rangesOf, theoryName, type Trouble } from '../../../figures/index.ts';
import { isRun, type CurveSource } from '../../../core/experiment/curve-source.ts';
import { type ExperimentResults } from '../../../study/experiment-results.ts';
import { currentTexts, t } from '../../i18n/index.ts';

export function sourceName({ experiment }: ExperimentResults, source: CurveSource): string {
  return isRun(source)
    ? t('source.simulation', { n: source.run })
    : theoryName(currentTexts(), experiment, source.kind);
}

/** Who is in trouble. */
export function troubledName({ experiment }: ExperimentResults, { of }: Pick<Trouble, 'of'>): string {
  return areRuns(of)
    ? rangesOf(of.runs, (run) => t('source.simulation', { n: run }))
    : theoryName(currentTexts(), experiment, of.kind);
}
