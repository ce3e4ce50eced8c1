/** The colour of an experiment: by its place in the study, the same everywhere. */
export const SERIES_COLOURS = 6;

/** Class that sets `--series` (styles/tokens.css). */
export const seriesClass = (index: number): string => `series-${(index % SERIES_COLOURS) + 1}`;
