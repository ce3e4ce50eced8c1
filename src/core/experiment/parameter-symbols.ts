/** The symbols that theory has for settings, by the ends of their paths (docs/theory.md; NOTATION.md). */
const SYMBOLS: Readonly<Record<string, string>> = {
  'model.dimension': 'd',
  'model.priors': 'p',
  'model.means.profile.weights': 'w',
  'model.spectrum.exponents': 'α',
  'model.spectrum.scales': 's',
  'model.spectrum.variances': 'v',
  'model.means.profile.exponent': 'β',
  'optimizer.schedule.rate': 'γ',
  'optimizer.schedule.exponent': 'κ',
  'optimizer.schedule.timescale': 'τ',
  'optimizer.method.coupling': 'κ',
  'optimizer.method.decay': 'θ',
  'optimizer.batchSize': 'b',
  'optimizer.ridge': 'δ',
  horizon: 'T',
};

/** Symbol of the parameter at a path, whichever its entry; null if theory has none. */
export const parameterSymbol = (parameter: string): string | null =>
  SYMBOLS[parameter.replace(/\[[^\]]*\]$/, '')] ?? null;
