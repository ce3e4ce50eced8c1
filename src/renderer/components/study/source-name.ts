/** What a curve of an experiment is called. */
import { theoryName } from '../../../core/figures/index.ts';
import { type CurveSource, type ExperimentResults } from '../../../core/study/results.ts';
import { t } from '../../i18n/index.ts';

export function sourceName({ experiment }: ExperimentResults, source: CurveSource): string {
  return source.kind === 'simulation'
    ? t('source.simulation', { n: source.run + 1 })
    : theoryName(experiment, t(`source.${source.kind}`));
}
