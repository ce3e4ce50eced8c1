/** What parts of an experiment that have no registry are when their kind has just been chosen. */
interface Part {
  kind: string;
  [key: string]: unknown;
}

export function gridTemplates(kind: string, points: number, horizon: number): Part {
  return kind === 'log' ? { kind, first: horizon / 500, points } : { kind, points };
}

export function startTemplates(kind: string, { dimension }: { readonly dimension: number }): Part {
  // small, along every direction alike
  if (kind === 'custom') return { kind, vectors: [new Array<number>(dimension).fill(1 / Math.sqrt(dimension))] };
  return kind === 'gaussian' ? { kind, seed: 1, scale: 1 } : { kind };
}
