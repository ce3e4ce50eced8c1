/** What is said beside curves: the subtitle names lines, dots, band and N; notes say what is left out and why. */
import { engineKind } from '../core/engines/engine-kind.ts';
import { curveKinds } from '../core/theory/curves/curve-kinds.ts';
import { lookBeside } from './curve-look.ts';
import { valuesOf } from './sample.ts';
import { LARGE_SPREAD, largeSpreadFrom } from './spread-validity.ts';
import { bandEdges, centre, quantileBand, theoryBand, type CurveSet } from './curve-set.ts';
import { extentOf } from './extent.ts';
import { isRun } from '../core/experiment/curve-source.ts';
import { type Experiment } from '../core/experiment/schema.ts';
import { inputLabel, olderStanding, type FigureInput } from './figure.ts';
import { formatValue } from '../text/numbers.ts';
import { olderStandings } from '../study/standing.ts';
import { texts as textsOf, type Texts } from '../text/texts.ts';
import { commonTheoryName, theoryName } from './theory-name.ts';
import { areRuns, rangesOf, troublesOf } from './trouble.ts';
import { type FigureView, centreOf, theoryBandOf, timesInView } from './view.ts';

/** What simulated, in running text. */
export const engineName = ({ named }: Texts, { simulation }: Experiment): string =>
  named(`engine.${simulation.engine}`, engineKind(simulation.engine).label);

/** `N = 12`, or the range of what there is. */
export function countSaid(counts: readonly number[]): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high ? `N = ${high}` : `N = ${low}–${high}`;
}

/** E.g. `line theory, dots SGD median, band 10–90 %, N = 12`. */
export function legendOfStyles(sets: readonly CurveSet[], view: FigureView): string {
  const texts = textsOf(view.language);
  const { say } = texts;
  const parts: string[] = [];
  const solved = sets.filter(({ theory }) => theory).map(({ input }) => input);
  if (solved.length > 0) parts.push(say('styles.line', { curve: commonTheoryName(texts, solved) }));
  const ofTheory = theoryBandOf(view);
  if (ofTheory !== 'none' && sets.some((set) => theoryBand(set, view))) parts.push(say(`theoryBand.${ofTheory}`));
  if (sets.some((set) => quantileBand(set, view))) parts.push(say('styles.quantiles'));
  parts.push(...othersSaid(texts, sets));
  const simulated = sets.filter((set) => set.runs.length > 0);
  if (simulated.length > 0) {
    const engines = [...new Set(simulated.map(({ input }) => engineName(texts, input.results.experiment)))];
    const engine = engines.join(say('list.and'));
    const counts = simulated.map((set) => set.runs.length);
    if (Math.max(...counts) === 1) parts.push(say('styles.oneRun', { engine }));
    else {
      parts.push(say('styles.centre', { engine, centre: say(`curve.${centreOf(view.band)}`) }));
      parts.push(say(`band.${view.band}`));
      if (view.singleRuns) parts.push(say('styles.single'));
      parts.push(countSaid(counts));
    }
  }
  return parts.join(say('list.comma'));
}

/** What the lines of further theory curves are, by their looks. */
export function othersSaid(texts: Texts, sets: readonly CurveSet[]): string[] {
  return curveKinds.flatMap((of) => {
    const { kind } = of;
    const inputs = sets.filter(({ others }) => others.some((other) => other.kind === kind)).map(({ input }) => input);
    return inputs.length > 0
      ? [texts.say(`styles.${lookBeside(of)}`, { curve: commonTheoryName(texts, inputs, kind) })]
      : [];
  });
}

/** Notes on a drawing of these curves. */
export function curveNotes(sets: readonly CurveSet[], view: FigureView, logValues: boolean): string[] {
  const texts = textsOf(view.language);
  return [
    ...timeNotes(
      sets.map((set) => set.t),
      view,
    ),
    ...(logValues ? positiveNotes(texts, sets, view) : []),
    ...spreadNotes(texts, sets, view),
    ...countNotes(texts, sets),
    ...accuracyNotes(texts, sets),
    ...troubleNotes(texts, sets),
    ...olderNotes(
      texts,
      sets.map(({ input }) => input),
    ),
  ];
}

export function timeNotes(times: readonly Float64Array[], view: FigureView): string[] {
  const left = view.timeScale === 'log' && times.some((t) => t.some((value) => value <= 0));
  return left ? [textsOf(view.language).say('note.noZero')] : [];
}

function positiveNotes({ counted }: Texts, sets: readonly CurveSet[], view: FigureView): string[] {
  let values = 0;
  let edges = 0;
  let ofTheory = 0;
  for (const set of sets) {
    const { from, to } = timesInView(set.t, view);
    const nonPositive = (curve: Float64Array | null) => (curve ? extentOf(curve, from, to).nonPositive : 0);
    const drawn = [set.theory, ...valuesOf(set.others), centre(set, view.band), ...(view.singleRuns ? set.runs : [])];
    for (const curve of drawn) values += nonPositive(curve);
    edges += nonPositive(bandEdges(set, view.band)?.low ?? null);
    ofTheory += nonPositive(theoryBand(set, view)?.low ?? null);
  }
  return [
    ...(values > 0 ? [counted('note.nonPositive', values)] : []),
    ...(edges > 0 ? [counted('note.lowerEdge', edges)] : []),
    ...(ofTheory > 0 ? [counted('note.theoryLowerEdge', ofTheory)] : []),
  ];
}

/** Where the fluctuations that theory's band is of are too large to be normal. */
function spreadNotes(texts: Texts, sets: readonly CurveSet[], view: FigureView): string[] {
  const seen = new Set<string>();
  return sets.flatMap((set) => {
    const { results } = set.input;
    if (seen.has(results.experiment.id) || !theoryBand(set, view)) return [];
    seen.add(results.experiment.id);
    const t = largeSpreadFrom(results);
    if (t === null) return [];
    return [ofSubject(texts, sets, set, texts.say('note.spreadLarge', { t: formatValue(t), share: LARGE_SPREAD }))];
  });
}

function countNotes(texts: Texts, sets: readonly CurveSet[]): string[] {
  return sets.flatMap((set) => {
    if (set.runs.length < 2) return [];
    const counts = set.statistics.count.filter((n, p) => n > 0 && set.t[p] > 0);
    const low = counts.reduce((a, b) => Math.min(a, b), Infinity);
    const high = counts.reduce((a, b) => Math.max(a, b), 0);
    return low < high ? [ofSubject(texts, sets, set, texts.say('note.fewer', { high, low }))] : [];
  });
}

/** Of curves that are extrapolated, or averages over what was drawn: what is left of the error. */
function accuracyNotes(texts: Texts, sets: readonly CurveSet[]): string[] {
  const told = new Set<string>();
  return sets.flatMap((set) => {
    const { experiment, curves } = set.input.results;
    if (told.has(experiment.id)) return [];
    told.add(experiment.id);
    return curves.flatMap(({ source, report: { details } }) => {
      const { accuracy } = details;
      if (isRun(source) || typeof accuracy !== 'number') return [];
      const curve = theoryName(texts, experiment, source.kind);
      return ofSubject(
        texts,
        sets,
        set,
        texts.say('note.accuracy', { curve, percent: formatValue(100 * accuracy, 2) }),
      );
    });
  });
}

function troubleNotes(texts: Texts, sets: readonly CurveSet[]): string[] {
  const { say } = texts;
  const seen = new Set<string>();
  return sets.flatMap((set) => {
    const { results } = set.input;
    if (seen.has(results.experiment.id)) return [];
    seen.add(results.experiment.id);
    return troublesOf(results).map(({ of, status, quantity, from, to }) => {
      const curve = areRuns(of)
        ? rangesOf(of.runs, (n) => say('source.simulation', { n }))
        : theoryName(texts, results.experiment, of.kind);
      const t = from === to ? formatValue(from) : `${formatValue(from)} … ${formatValue(to)}`;
      const what = overflowName(texts, quantity);
      const happened =
        status === 'diverged' ? say('note.diverged', { curve, t, quantity: what }) : say('note.failed', { curve, t });
      return ofSubject(texts, sets, set, happened);
    });
  });
}

/** What overflowed, in words. */
export const overflowName = ({ named }: Texts, quantity: string): string => named(`overflow.${quantity}`, quantity);

/**
 * What is drawn that is not known to be of its description as it is, by what it is instead.
 * @param grey whether it is drawn so.
 */
export function olderNotes({ say }: Texts, inputs: readonly FigureInput[], grey = true): string[] {
  return olderStandings.flatMap((standing) => {
    const names = new Set(inputs.filter((input) => olderStanding(input) === standing).map(inputLabel));
    if (names.size === 0) return [];
    const older = say(`older.${standing}`, { names: [...names].join(say('list.comma')) });
    return [grey ? say('note.greyOlder', { said: older }) : say('note.older', { said: capital(older) })];
  });
}

const capital = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}`;

/** A note with whose it is, where there are several experiments. */
function ofSubject({ say }: Texts, sets: readonly CurveSet[], { input }: CurveSet, note: string): string {
  const several = new Set(sets.map((set) => set.input.results.experiment.id)).size > 1;
  return several ? say('list.of', { name: inputLabel(input), said: note }) : note;
}
