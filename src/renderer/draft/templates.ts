/** What parts of an experiment that have no registry are when their kind has just been chosen. */
interface Part {
  kind: string;
  [key: string]: unknown;
}

export function gridTemplates(kind: string, points: number, horizon: number): Part {
  return kind === 'log' ? { kind, first: horizon / 500, points } : { kind, points };
}

export function startTemplates(kind: string): Part {
  return kind === 'gaussian' ? { kind, seed: 1, scale: 1 } : { kind };
}
