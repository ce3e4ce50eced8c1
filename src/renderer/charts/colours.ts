/** The colour of an experiment: by its place in the study, the same in lists and figures. */
import { experimentStyle, themes, type Theme } from '../../core/figures/index.ts';
import { useSettings } from '../stores/settings.ts';

/** Theme of the figures that goes with the page's. */
export const figureTheme = (dark: boolean): Theme => themes[dark ? 'dark' : 'light'];

/** Reactive in the theme: colour of the experiment at a place. */
export function useSeriesColour(): (place: number) => string {
  const settings = useSettings();
  return (place) => experimentStyle(figureTheme(settings.dark), place).color;
}
