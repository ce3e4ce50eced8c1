/** What results are to the description that they are shown for. */
export type Standing = 'current' | 'stale' | 'earlier-version' | 'unverified';

/** Of results that are not known to be of the description as it is. */
export type OlderStanding = Exclude<Standing, 'current'>;

export const olderStandings: readonly OlderStanding[] = ['stale', 'earlier-version', 'unverified'];
