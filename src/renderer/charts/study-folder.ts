/** The whole study as a folder that runs: with every figure that is shown, as files and as numbers with their program. */
import { useFigures } from './figures.ts';
import { useSweepFigures } from './sweep-figures.ts';
import { exportFigure, figureData, type Drawn, type NamedBytes } from './export.ts';
import { attempt, saveFilesAs } from './save.ts';
import { currentTexts, t } from '../i18n/index.ts';
import { useExporting } from '../stores/exporting.ts';
import { useStudy } from '../stores/study.ts';
import { useToasts } from '../stores/toasts.ts';
import { useView } from '../stores/view.ts';

export function useStudyFolder(): () => Promise<void> {
  const study = useStudy();
  const view = useView();
  const exporting = useExporting();
  const figures = useFigures();
  const swept = useSweepFigures();

  const viewOf = (base: Drawn['view'], kind: string): Drawn['view'] => ({
    ...base,
    values: view.ranges[kind] ?? null,
    guides: view.guides[kind] ?? [],
  });

  function shown(): Drawn[] {
    const inputs = figures.inputs.value;
    const single = figures.shown.value.map((kind) => ({ kind, inputs, view: viewOf(figures.view.value, kind.kind) }));
    const ofSweep =
      swept.inputs.value.length === 0
        ? []
        : swept.kinds.value.map((kind) => ({
            kind,
            inputs: swept.inputs.value,
            view: viewOf(swept.view.value, kind.kind),
          }));
    return inputs.length > 0 ? [...ofSweep, ...single] : ofSweep;
  }

  async function filesOf(drawn: Drawn): Promise<NamedBytes[]> {
    const options = exporting.options;
    const pdf = await exportFigure(drawn, { ...options, format: 'pdf' });
    const svg = await exportFigure(drawn, { ...options, format: 'svg', text: 'outlines' });
    const all = [
      ...figureData(drawn),
      { path: 'figure.pdf', bytes: pdf.bytes },
      { path: 'figure.svg', bytes: svg.bytes },
    ];
    return all.map(({ path, bytes }) => ({ path: `figures/${drawn.kind.kind}/${path}`, bytes }));
  }

  return () =>
    attempt(async () => {
      const { id } = study;
      if (id === null) return;
      if (!(await study.flush())) return void useToasts().studyTrouble(t('notSaved.export'));
      const files: NamedBytes[] = [];
      for (const drawn of shown()) files.push(...(await filesOf(drawn)));
      await saveFilesAs(study.draft.name || currentTexts().say('study.unnamed'), files, id);
    });
}
