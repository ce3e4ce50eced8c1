/** The figures of what is shown, of the open study or the comparison: inputs, and the view that all figures share. */
import { computed, type ComputedRef } from 'vue';
import { defaultView, figureKinds, type FigureInput, type FigureKind, type FigureView } from '../../figures/index.ts';
import { type Standing } from '../../study/standing.ts';
import { locale } from '../i18n/index.ts';
import { usePlaces } from './series-style.ts';
import { useComparison } from '../stores/comparison.ts';
import { useResults } from '../stores/results.ts';
import { useSettings } from '../stores/settings.ts';
import { useShell } from '../stores/shell.ts';
import { useStudy } from '../stores/study.ts';
import { useView } from '../stores/view.ts';

/** An input with what its results are to the description as it is now. */
export type ShownInput = FigureInput & { readonly standing: Standing };

export interface ShownFigures {
  /** Experiments with results, the selected one first where only one can be drawn. */
  readonly inputs: ComputedRef<readonly ShownInput[]>;
  /** Figures that some shown experiment has. */
  readonly available: ComputedRef<readonly FigureKind[]>;
  /** Those that are chosen, in the reader's order. */
  readonly shown: ComputedRef<readonly FigureKind[]>;
  readonly view: ComputedRef<Omit<FigureView, 'width' | 'height'>>;
}

export function useFigures(): ShownFigures {
  const study = useStudy();
  const view = useView();
  const shell = useShell();
  const results = useResults();
  const settings = useSettings();
  const comparison = useComparison();
  const places = usePlaces();

  const ofStudy = computed<readonly ShownInput[]>(() =>
    study.draft.experiments.flatMap((draft, at) => {
      const entry = view.shown.includes(draft.id) ? results.entryOf(draft) : undefined;
      if (entry?.kind !== 'loaded') return [];
      const place = places.value.get(draft.id) ?? at;
      const { results: found, standing } = entry;
      return [{ results: found, label: String(draft.name || draft.id), place, standing }];
    }),
  );
  const inputs = computed(() =>
    shell.screen.kind === 'compare'
      ? comparison.inputs.filter(({ results: { experiment } }) => view.shown.includes(experiment.id))
      : ofStudy.value,
  );
  const available = computed(() =>
    figureKinds.filter((kind) => inputs.value.some((input) => kind.applies(input.results))),
  );
  const shown = computed(() => {
    const kinds = new Map(available.value.map((kind) => [kind.kind, kind]));
    return view.ordered([...kinds.keys()]).flatMap((kind) => kinds.get(kind) ?? []);
  });
  return {
    inputs,
    available,
    shown,
    view: computed(() => ({
      ...defaultView,
      language: locale(),
      timeScale: view.timeLog ? 'log' : 'linear',
      valueScale: view.valueLog ? 'log' : 'linear',
      band: view.band,
      theoryBand: view.theoryBand,
      singleRuns: view.singleRuns,
      threshold: view.threshold,
      window: view.zoom,
      theme: settings.dark ? 'dark' : 'light',
    })),
  };
}

/** Inputs in the order for a figure: one that draws a single experiment takes the selected one. */
export function ordered(
  kind: FigureKind,
  inputs: readonly FigureInput[],
  selected: string | null,
): readonly FigureInput[] {
  if (kind.scope === 'overlay') return inputs;
  const first = inputs.filter(({ results }) => results.experiment.id === selected);
  return [...first, ...inputs.filter((input) => !first.includes(input))];
}
