/** How an experiment looks: by its place in the study, the same in lists and figures. */
import { computed, type ComputedRef } from 'vue';
import { experimentStyle, themes, type Place, type SeriesStyle, type Theme } from '../../figures/index.ts';
import { placesOf } from '../../figures/sweep/index.ts';
import { sweepOf } from '../draft/sweep.ts';
import { useSettings } from '../stores/settings.ts';
import { useStudy } from '../stores/study.ts';
import { useSweepView } from '../stores/sweep.ts';

/** Theme of the figures that goes with the page's. */
const figureTheme = (dark: boolean): Theme => themes[dark ? 'dark' : 'light'];

/** Reactive in the theme: style of the experiment at a place. */
export function useSeriesStyle(): (place: Place) => SeriesStyle {
  const settings = useSettings();
  return (place) => experimentStyle(figureTheme(settings.dark), place);
}

/** Places of the open study's experiments, by id. */
export function usePlaces(): ComputedRef<ReadonlyMap<string, Place>> {
  const study = useStudy();
  const look = useSweepView();
  return computed(() =>
    placesOf(
      study.draft.experiments.map(({ id }) => id),
      sweepOf(study.draft),
      look.across,
    ),
  );
}
