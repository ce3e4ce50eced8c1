/** What a part of an experiment is when its kind has just been chosen. A kind without an entry starts bare. */
type Part = { kind: string; [key: string]: unknown };

const ones = (count: number) => new Array<number>(count).fill(1);

export function spectrumTemplates(kind: string, classes: number, dimension: number): Part {
  switch (kind) {
    case 'identity':
      return { kind, variances: ones(classes) };
    case 'zero-one':
      return { kind, blocks: zeroOneBlocks(classes) };
    case 'power-law':
      return { kind, exponents: ones(classes), scales: ones(classes) };
    case 'custom':
      return { kind, eigenvalues: customRows(classes, dimension) };
    default:
      return { kind };
  }
}

/** All 2^C blocks for two classes, in equal shares; for more a clean block, one per class, and a noisy one. */
function zeroOneBlocks(classes: number): { fraction: number; eigenvalues: number[] }[] {
  const rows =
    classes <= 2
      ? Array.from({ length: 2 ** classes }, (_, k) =>
          Array.from({ length: classes }, (_unused, i) => (k >> (classes - 1 - i)) & 1),
        )
      : [
          new Array<number>(classes).fill(0),
          ...Array.from({ length: classes }, (_, k) => Array.from({ length: classes }, (_unused, i) => +(i === k))),
          ones(classes),
        ];
  const share = 1 / rows.length;
  return rows.map((eigenvalues) => ({ fraction: share, eigenvalues }));
}

/** Rows to be replaced by the reader's own; small, because they are saved with the study. */
function customRows(classes: number, dimension: number): number[][] {
  return dimension >= 1 && dimension <= 10_000 ? Array.from({ length: classes }, () => ones(dimension)) : [];
}

export function arrangementTemplates(kind: string, classes: number, dimension: number): Part {
  switch (kind) {
    case 'gaussian':
      return { kind, seed: 1 };
    case 'custom':
      return {
        kind,
        means: customRows(classes, dimension).map((row, i) => row.map((_, rho) => (rho === i ? 1 : 0))),
      };
    default:
      return { kind };
  }
}

export function profileTemplates(kind: string, blocks: number): Part {
  switch (kind) {
    case 'power-law':
      return { kind, exponent: 0 };
    case 'blocks':
      return { kind, weights: new Array<number>(blocks).fill(1 / blocks) };
    default:
      return { kind };
  }
}

export function lossTemplates(kind: string, classes: number): Part {
  return kind === 'teacher-least-squares'
    ? {
        kind,
        noise: 0.3,
        teacher: { kind: 'gaussian', outputs: Math.max(1, Math.min(classes, 32)), seed: 1, scale: 1 },
      }
    : { kind };
}

/** A rate is kept when the rule changes, so that the rules can be compared. */
export function scheduleTemplates(kind: string, rate: number, horizon: number): Part {
  switch (kind) {
    case 'constant':
      return { kind, rate };
    case 'power-decay':
      return { kind, rate, timescale: 10, exponent: 0.5 };
    case 'piecewise':
      return { kind, times: [0, horizon / 2], rates: [rate, rate / 10] };
    case 'warmup':
      return { kind, rate, duration: horizon / 10 };
    case 'adagrad-norm':
      return { kind, rate, offset: 1 };
    default:
      return { kind };
  }
}

export function gridTemplates(kind: string, points: number, horizon: number): Part {
  return kind === 'log' ? { kind, first: horizon / 500, points } : { kind, points };
}

export function startTemplates(kind: string): Part {
  return kind === 'gaussian' ? { kind, seed: 1, scale: 1 } : { kind };
}
