/** A study's results as one self-contained HTML page: no scripts, nothing loaded, opens from a file, prints. */
import {
  defaultView,
  experimentStyle,
  figureKind,
  figureKinds,
  inputLabel,
  themes,
  type FigureInput,
  type FigureKind,
  type FigureView,
} from '../../figures/index.ts';
import { formatProblem, type Problem } from '../../core/description/problems.ts';
import { type ExperimentResults } from '../../study/results.ts';
import { placesOf } from '../../figures/sweep/index.ts';
import { isOfSweep, type Sweep } from '../../core/experiment/sweep.ts';
import { settingName } from '../../text/setting-names.ts';
import { texts } from '../../text/texts.ts';
import { warningSentence } from '../../text/warnings.ts';
import { warningsOf } from '../../study/warnings.ts';
import { type ArchiveProvenance } from '../archive/index.ts';
import { withoutResults, type OlderResults } from '../left-out.ts';
import { escapeXml } from '../../figures/xml.ts';
import { renderMarkdown } from './markdown.ts';
import { reportStyle } from './style.ts';
import { figureHtml } from './figure.ts';
import { keySvg } from './key.ts';
import { sweepSection } from './sweep.ts';
import { comparisonTable, finalTable, rowTable, settingsTable } from './tables.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const view: FigureView = { ...defaultView, theme: 'light', width: 480, height: 350, grow: true };
/** Wide drawings have room for the names of many experiments. */
const overlayView = (experiments: number): FigureView =>
  experiments > 4 ? { ...view, width: 976, height: 430 + 10 * experiments } : view;

/** A study as a report shows it. */
export interface ReportedStudy {
  readonly name: string;
  readonly notes: string;
  readonly sweep?: Sweep;
  /** All of them, in the study's order, which gives the colours: also those without results or that cannot be read. */
  readonly experiments: readonly { readonly id: string; readonly name?: string }[];
}

/** What is said before the results. */
export interface Said {
  /** Experiments of the study that cannot be read, by their ids, and why; named as left out. */
  readonly invalid?: readonly Problem[];
  /** What the results of experiments are that are left out for it. */
  readonly older?: OlderResults;
  /** What is damaged, and results that are not of their description. */
  readonly remarks?: readonly string[];
}

/**
 * @param results of the experiments that have any, in the study's order.
 * @param provenance null where it is not known.
 */
export function renderReport(
  results: readonly ExperimentResults[],
  study: ReportedStudy,
  provenance: ArchiveProvenance | null,
  { invalid = [], older, remarks = [] }: Said = {},
): string {
  const wrong = new Set(invalid.map(({ path }) => path));
  const others = study.experiments.filter(({ id }) => !wrong.has(id));
  const { sweep } = study;
  const places = placesOf(
    study.experiments.map(({ id }) => id),
    sweep ?? null,
  );
  const inputs: FigureInput[] = results.map((each, k) => ({
    results: each,
    place: places.get(each.experiment.id) ?? study.experiments.length + k,
  }));
  const [swept, single] = [true, false].map((wanted) =>
    inputs.filter(({ results: { experiment } }) => (sweep !== undefined && isOfSweep(sweep, experiment.id)) === wanted),
  );
  const name = study.name || 'Untitled study';
  const warnings = new Map(inputs.map((input) => [input, warningSentences(input)]));
  const runs = results.reduce((sum, { curves }) => sum + curves.filter(isRun).length, 0);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<meta name="generator" content="SGD Dynamics Lab">
<title>${escapeXml(name)}</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<h1>${escapeXml(name)}</h1>
<p class="about">${plural(results.length, 'experiment')}, ${plural(runs, 'simulation run')}${when(provenance)}. Lines are the deterministic equivalent, dots are SGD.</p>
${remarks.map((each) => `<p class="remark" role="note">${escapeXml(each)}</p>`).join('\n')}
${leftOut([...invalid, ...withoutResults(others, results, older)])}
${allWarnings([...warnings])}
<div class="notes">${renderMarkdown(study.notes)}</div>
</header>
<main>
${results.length === 0 ? `<p>${nothing(older)}</p>` : ''}
${sweep && swept.length > 0 ? sweepSection(sweep, swept) : ''}
${single.length > 0 ? overview(single) : ''}
${single.map((input, k) => experimentSection(input, warnings.get(input) ?? [], `e${k}`)).join('\n')}
</main>
${footer(provenance)}
</body>
</html>
`;
}

/** Most experiments that are named one by one. */
const MOST_NAMED = 20;

/** What is not in the report, so that nobody takes it for all there is. */
function leftOut(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const named = problems.slice(0, MOST_NAMED).map((problem) => `<li>${escapeXml(formatProblem(problem))}</li>`);
  if (problems.length > MOST_NAMED) named.push(`<li>… and ${problems.length - MOST_NAMED} more</li>`);
  return `<div class="remarks"><p>Not in this report:</p><ul>${named.join('')}</ul></div>`;
}

/** Why there is nothing at all. */
const nothing = (older: OlderResults = new Map()): string =>
  older.size > 0
    ? 'None of this study’s results are of its descriptions as they are.'
    : 'This study has no results yet.';

const isRun = ({ source }: ExperimentResults['curves'][number]): boolean => source.kind === 'simulation';

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const when = (provenance: ArchiveProvenance | null): string =>
  provenance?.ended ? `, computed ${escapeXml(provenance.ended.slice(0, 10))}` : '';

/** All experiments together. */
function overview(inputs: readonly FigureInput[]): string {
  const theme = themes.light;
  const kinds = figureKinds.filter(({ scope, kind }) => scope === 'overlay' && kind !== 'learning-rate');
  const shape = overlayView(inputs.length);
  const figures = kinds.flatMap((kind) => {
    const shown = inputs.filter(({ results }) => kind.applies(results));
    return shown.length > 0 ? figure(kind, shown, shape, `all-${kind.kind}`) : [];
  });
  return `<section>
<h2>Results</h2>
${comparisonTable(
  inputs,
  inputs.map(({ place }) => experimentStyle(theme, place)),
  inputs.map(inputLabel),
)}
<div class="figures${shape === view ? '' : ' wide'}">
${figures.join('\n')}
</div>
</section>`;
}

/** One experiment: settings, final values, what only it has. */
function experimentSection(input: FigureInput, warnings: readonly string[], id: string): string {
  const { results, place } = input;
  const kinds = ['alignment', 'overlap-map', 'weight-map', 'group-cosine', 'learning-rate']
    .flatMap((kind) => figureKind(kind) ?? [])
    .filter((kind) => kind.applies(results))
    // a constant rate is in the settings
    .filter(({ kind }) => kind !== 'learning-rate' || results.experiment.optimizer.schedule.kind !== 'constant');
  const figures = kinds.flatMap((kind) => figure(kind, [input], view, `${id}-${kind.kind}`));
  return `<section>
<h2>${keySvg(experimentStyle(themes.light, place))}${escapeXml(inputLabel(input))}</h2>
<h3>Settings</h3>
${settingsTable(results)}
${warningLines(warnings)}
<h3>Final values</h3>
${finalTable(results)}
${figures.length > 0 ? `<div class="figures">\n${figures.join('\n')}\n</div>` : ''}
<h3>Computation</h3>
${rowTable('settings', computation(results))}
</section>`;
}

/** What the description is warned of, beside the settings. */
const warningLines = (sentences: readonly string[]): string =>
  sentences.map((each) => `<p class="warning">Warning: ${escapeXml(each)}</p>`).join('\n');

/** What descriptions are warned of, for the reader who sees nothing but the beginning. */
function allWarnings(warned: readonly (readonly [FigureInput, readonly string[]])[]): string {
  const said = warned.flatMap(([input, sentences]) => sentences.map((each) => `${inputLabel(input)}: ${each}`));
  const named = said.slice(0, MOST_NAMED).map((each) => `<li>${escapeXml(each)}</li>`);
  if (said.length > MOST_NAMED) named.push(`<li>… and ${said.length - MOST_NAMED} more</li>`);
  return said.length > 0 ? `<div class="remarks warnings"><p>Warnings:</p><ul>${named.join('')}</ul></div>` : '';
}

const warningSentences = ({ results }: FigureInput): string[] =>
  warningsOf(results.experiment).map((each) => `${settingName(texts('en'), each.path)}: ${warningSentence(each)}`);

/** The figure, or nothing where there is nothing to draw. */
function figure(kind: FigureKind, inputs: readonly FigureInput[], shape: FigureView, id: string): string[] {
  const built = kind.build(inputs, shape);
  if (built.empty) return [];
  return [figureHtml(built, id)];
}

/** How the curves were computed: one line per theory curve, one for all runs. */
function computation({ curves }: ExperimentResults): [string, string][] {
  const details = (entries: Readonly<Record<string, string | number>>, left: readonly string[]) =>
    Object.entries(entries)
      .filter(([key]) => !left.includes(key))
      .map(([key, value]) => `${key} ${value}`)
      .join(', ');
  const theory = curves
    .filter((curve) => !isRun(curve))
    .map((curve): [string, string] => [
      curve.source.kind === 'ode' ? 'Theory' : 'Gradient flow',
      `${curve.report.seconds.toFixed(2)} s, ${curve.outcome.status}, ${details(curve.report.details, [])}`,
    ]);
  const runs = curves.filter(isRun);
  if (runs.length === 0) return theory;
  const seconds = runs.reduce((sum, { report }) => sum + report.seconds, 0);
  const done = runs.filter(({ outcome }) => outcome.status === 'done').length;
  const common = details(runs[0].report.details, ['run', 'seed']);
  return [
    ...theory,
    [
      'Runs',
      `${runs.length} (${done} done), ${seconds.toFixed(2)} s of computation in all${common ? `, ${common}` : ''}`,
    ],
  ];
}

function footer(provenance: ArchiveProvenance | null): string {
  if (!provenance?.app) return '<footer>Where these results were computed is not known.</footer>';
  const versions = Object.entries(provenance.versions).map(([key, value]) => `${key} ${value}`);
  return `<footer>
${rowTable('', [
  ['SGD Dynamics Lab', provenance.app],
  ['Versions', versions.join(', ')],
  ['Platform', provenance.platform ?? ''],
  ['Started', provenance.started ?? ''],
  ['Ended', provenance.ended ?? ''],
  [
    'Hashes of the descriptions',
    Object.entries(provenance.hashes)
      .map(([id, hash]) => `${id}: ${hash}`)
      .join(', '),
  ],
])}
</footer>`;
}
