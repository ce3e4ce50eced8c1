/** What is said beside curves: the subtitle names lines, dots, band and N; notes say what is left out and why. */
import { engineKind } from '../core/engines/engine-kind.ts';
import { curveKind } from '../core/theory/curves/curve-kind.ts';
import { bandEdges, centre, type CurveSet } from './curve-set.ts';
import { extentOf } from './extent.ts';
import { inputLabel, olderStanding, type FigureInput } from './figure.ts';
import { formatValue } from './numbers.ts';
import { type OlderStanding } from '../study/standing.ts';
import { commonTheoryName, theoryName } from './theory-name.ts';
import { areRuns, rangesOf, troublesOf } from './trouble.ts';
import { type FigureView, bandNames, centreOf, timesInView } from './view.ts';

/** E.g. `line theory, dots SGD median, band 10–90 %, N = 12`. */
export function legendOfStyles(sets: readonly CurveSet[], view: FigureView): string {
  const parts: string[] = [];
  const inputsWith = (curve: 'theory' | 'flow') => sets.filter((set) => set[curve]).map(({ input }) => input);
  const [solved, flows] = [inputsWith('theory'), inputsWith('flow')];
  if (solved.length > 0) parts.push(`line ${commonTheoryName(solved)}`);
  if (flows.length > 0) parts.push(`dashed ${commonTheoryName(flows, 'gradient flow')}`);
  const simulated = sets.filter((set) => set.runs.length > 0);
  if (simulated.length > 0) {
    const engines = [
      ...new Set(simulated.map(({ input }) => engineKind(input.results.experiment.simulation.engine).label)),
    ];
    const most = simulated.map((set) => set.runs.length);
    const [low, high] = [Math.min(...most), Math.max(...most)];
    const single = high === 1;
    parts.push(`dots ${engines.join(' and ')}${single ? ', one run' : ` ${centreOf(view.band)}`}`);
    if (!single) {
      parts.push(bandNames[view.band]);
      if (view.singleRuns) parts.push('thin lines single runs');
      parts.push(low === high ? `N = ${high}` : `N = ${low}–${high}`);
    }
  }
  return parts.join(', ');
}

/** Notes on a drawing of these curves. */
export function curveNotes(sets: readonly CurveSet[], view: FigureView, logValues: boolean): string[] {
  return [
    ...timeNotes(
      sets.map((set) => set.t),
      view,
    ),
    ...(logValues ? positiveNotes(sets, view) : []),
    ...countNotes(sets),
    ...troubleNotes(sets),
    ...olderNotes(sets.map(({ input }) => input)),
  ];
}

export function timeNotes(times: readonly Float64Array[], view: FigureView): string[] {
  const left = view.timeScale === 'log' && times.some((t) => t.some((value) => value <= 0));
  return left ? ['t = 0 is left out on the log axis.'] : [];
}

function positiveNotes(sets: readonly CurveSet[], view: FigureView): string[] {
  let values = 0;
  let edges = 0;
  for (const set of sets) {
    const { from, to } = timesInView(set.t, view);
    const nonPositive = (curve: Float64Array | null) => (curve ? extentOf(curve, from, to).nonPositive : 0);
    const drawn = [set.theory, set.flow, centre(set, view.band), ...(view.singleRuns ? set.runs : [])];
    for (const curve of drawn) values += nonPositive(curve);
    edges += nonPositive(bandEdges(set, view.band)?.low ?? null);
  }
  return [
    ...(values > 0 ? [`${values} ${values === 1 ? 'value' : 'values'} ≤ 0 not drawn on the log axis.`] : []),
    ...(edges > 0
      ? [`The band’s lower edge is ≤ 0 at ${edges} ${edges === 1 ? 'time' : 'times'}: drawn to the end of the axis.`]
      : []),
  ];
}

function countNotes(sets: readonly CurveSet[]): string[] {
  return sets.flatMap((set) => {
    if (set.runs.length < 2) return [];
    const counts = set.statistics.count.filter((n, p) => n > 0 && set.t[p] > 0);
    const low = counts.reduce((a, b) => Math.min(a, b), Infinity);
    const high = counts.reduce((a, b) => Math.max(a, b), 0);
    return low < high ? [`${subject(sets, set)}N goes from ${high} down to ${low} over t.`] : [];
  });
}

function troubleNotes(sets: readonly CurveSet[]): string[] {
  const seen = new Set<string>();
  return sets.flatMap((set) => {
    const { results } = set.input;
    if (seen.has(results.experiment.id)) return [];
    seen.add(results.experiment.id);
    return troublesOf(results).map(({ of, status, quantity, from, to }) => {
      const which = areRuns(of)
        ? rangesOf(of.runs, (run) => `run ${run}`)
        : theoryName(results.experiment, curveKind(of.kind).label);
      const what = status === 'diverged' ? `diverged (${quantity})` : 'failed';
      const when = from === to ? formatValue(from) : `${formatValue(from)} … ${formatValue(to)}`;
      return `${subject(sets, set)}${which} ${what} at t = ${when}.`;
    });
  });
}

/** What results of a standing are, in the words of the notes. */
const OLDER: Readonly<Record<OlderStanding, string>> = {
  stale: 'results of an earlier description',
  'earlier-version': 'results computed by an earlier version of this program',
  unverified: 'results of another program, not checked',
};

/**
 * What is drawn that is not known to be of its description as it is, by what it is instead.
 * @param how it is drawn, where that marks it.
 */
export function olderNotes(inputs: readonly FigureInput[], how = 'Grey: '): string[] {
  return Object.entries(OLDER).flatMap(([standing, words]) => {
    const names = new Set(inputs.filter((input) => olderStanding(input) === standing).map(inputLabel));
    return names.size > 0 ? [sentence(`${how}${words} (${[...names].join(', ')}).`)] : [];
  });
}

const sentence = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}`;

/** Whose note it is, where there are several experiments. */
function subject(sets: readonly CurveSet[], { input }: CurveSet): string {
  const several = new Set(sets.map((set) => set.input.results.experiment.id)).size > 1;
  return several ? `${inputLabel(input)}: ` : '';
}
