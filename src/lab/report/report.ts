/** A study's results as one self-contained HTML page: no scripts, nothing loaded, opens from a file, prints. */
import {
  curveName,
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
import { refusalsIn } from '../../text/refusals/index.ts';
import { type Refusal } from '../../refusal/refusal.ts';
import { type ExperimentResults } from '../../study/experiment-results.ts';
import { placesOf } from '../../figures/sweep/index.ts';
import { isOfSweep, type Sweep } from '../../core/experiment/sweep.ts';
import { settingName } from '../../text/setting-names.ts';
import { type Texts } from '../../text/texts.ts';
import { warningText } from '../../text/warnings.ts';
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

const viewIn = ({ language }: Texts): FigureView => ({
  ...defaultView,
  language,
  theme: 'light',
  width: 480,
  height: 350,
  grow: true,
});
/** Drawings of more experiments are wide: they have room for their names. */
const MOST_NARROW = 4;
const wide = (experiments: number, view: FigureView): FigureView =>
  experiments > MOST_NARROW ? { ...view, width: 976, height: 430 + 10 * experiments } : view;

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
  readonly invalid?: readonly Refusal[];
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
  texts: Texts,
  results: readonly ExperimentResults[],
  study: ReportedStudy,
  provenance: ArchiveProvenance | null,
  { invalid = [], older, remarks = [] }: Said = {},
): string {
  const { say, counted } = texts;
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
  const name = study.name || say('study.unnamed');
  const warnings = new Map(inputs.map((input) => [input, warningSentences(texts, input)]));
  const runs = results.reduce((sum, { curves }) => sum + curves.filter(isRun).length, 0);
  const counts = {
    experiments: counted('count.experiments', results.length),
    runs: counted('report.runs', runs),
  };
  const date = provenance?.ended?.slice(0, 10);
  const about = date ? say('report.aboutWhen', { ...counts, date }) : say('report.about', counts);
  return `<!doctype html>
<html lang="${texts.language}">
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
<p class="about">${escapeXml(about)}</p>
${remarks.map((each) => `<p class="remark" role="note">${escapeXml(each)}</p>`).join('\n')}
${leftOut(texts, [...invalid, ...withoutResults(others, results, older)])}
${allWarnings(texts, [...warnings])}
<div class="notes">${renderMarkdown(study.notes)}</div>
</header>
<main>
${results.length === 0 ? `<p>${escapeXml(nothing(texts, older))}</p>` : ''}
${sweep && swept.length > 0 ? sweepSection(texts, sweep, swept) : ''}
${single.length > 0 ? overview(texts, single) : ''}
${single.map((input, k) => experimentSection(texts, input, warnings.get(input) ?? [], `e${k}`)).join('\n')}
</main>
${footer(texts, provenance)}
</body>
</html>
`;
}

/** Most experiments that are named one by one. */
const MOST_NAMED = 20;

/** What is not in the report, so that nobody takes it for all there is. */
function leftOut({ say, language }: Texts, refusals: readonly Refusal[]): string {
  if (refusals.length === 0) return '';
  const { line } = refusalsIn(language);
  const named = refusals.slice(0, MOST_NAMED).map((each) => `<li>${escapeXml(line(each))}</li>`);
  if (refusals.length > MOST_NAMED)
    named.push(`<li>${escapeXml(say('toast.andMore', { n: refusals.length - MOST_NAMED }))}</li>`);
  return `<div class="remarks"><p>${escapeXml(say('report.leftOut'))}</p><ul>${named.join('')}</ul></div>`;
}

/** Why there is nothing at all. */
const nothing = ({ say }: Texts, older: OlderResults = new Map()): string =>
  say(older.size > 0 ? 'report.onlyOlder' : 'report.noResults');

const isRun = ({ source }: ExperimentResults['curves'][number]): boolean => source.kind === 'simulation';

/** All experiments together. */
function overview(texts: Texts, inputs: readonly FigureInput[]): string {
  const theme = themes.light;
  const kinds = figureKinds.filter(({ scope, kind }) => scope === 'overlay' && kind !== 'learning-rate');
  const view = viewIn(texts);
  const shape = wide(inputs.length, view);
  const figures = kinds.flatMap((kind) => {
    const shown = inputs.filter(({ results }) => kind.applies(results));
    return shown.length > 0 ? figure(kind, shown, shape, `all-${kind.kind}`) : [];
  });
  return `<section>
<h2>${escapeXml(texts.say('report.results'))}</h2>
${comparisonTable(
  texts,
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
function experimentSection(texts: Texts, input: FigureInput, warnings: readonly string[], id: string): string {
  const { results, place } = input;
  const { say } = texts;
  const kinds = ['alignment', 'overlap-map', 'weight-map', 'group-cosine', 'learning-rate']
    .flatMap((kind) => figureKind(kind) ?? [])
    .filter((kind) => kind.applies(results))
    // a constant rate is in the settings
    .filter(({ kind }) => kind !== 'learning-rate' || results.experiment.optimizer.schedule.kind !== 'constant');
  const figures = kinds.flatMap((kind) => figure(kind, [input], viewIn(texts), `${id}-${kind.kind}`));
  return `<section>
<h2>${keySvg(experimentStyle(themes.light, place))}${escapeXml(inputLabel(input))}</h2>
<h3>${escapeXml(say('report.settings'))}</h3>
${settingsTable(texts, results)}
${warningLines(texts, warnings)}
<h3>${escapeXml(say('report.final'))}</h3>
${finalTable(texts, results)}
${figures.length > 0 ? `<div class="figures">\n${figures.join('\n')}\n</div>` : ''}
<h3>${escapeXml(say('report.computation'))}</h3>
${rowTable('settings', computation(texts, results))}
</section>`;
}

/** What the description is warned of, beside the settings. */
const warningLines = ({ say }: Texts, sentences: readonly string[]): string =>
  sentences.map((each) => `<p class="warning">${escapeXml(say('report.warning', { said: each }))}</p>`).join('\n');

/** What descriptions are warned of, for the reader who sees nothing but the beginning. */
function allWarnings({ say }: Texts, warned: readonly (readonly [FigureInput, readonly string[]])[]): string {
  const said = warned.flatMap(([input, sentences]) =>
    sentences.map((each) => say('list.of', { name: inputLabel(input), said: each })),
  );
  const named = said.slice(0, MOST_NAMED).map((each) => `<li>${escapeXml(each)}</li>`);
  if (said.length > MOST_NAMED)
    named.push(`<li>${escapeXml(say('toast.andMore', { n: said.length - MOST_NAMED }))}</li>`);
  return said.length > 0
    ? `<div class="remarks warnings"><p>${escapeXml(say('report.warnings'))}</p><ul>${named.join('')}</ul></div>`
    : '';
}

const warningSentences = (texts: Texts, { results }: FigureInput): string[] =>
  warningsOf(results.experiment).map((each) => `${settingName(texts, each.path)}: ${warningText(texts, each)}`);

/** The figure, or nothing where there is nothing to draw. */
function figure(kind: FigureKind, inputs: readonly FigureInput[], shape: FigureView, id: string): string[] {
  const built = kind.build(inputs, shape);
  if (built.empty) return [];
  return [figureHtml(built, id)];
}

/** How the curves were computed: one line per theory curve, one for all runs. */
function computation(texts: Texts, { curves }: ExperimentResults): [string, string][] {
  const { say } = texts;
  const comma = say('list.comma');
  const details = (entries: Readonly<Record<string, string | number>>, left: readonly string[]) =>
    Object.entries(entries)
      .filter(([key]) => !left.includes(key))
      .map(([key, value]) => `${key} ${value}`);
  const seconds = (value: number) => value.toFixed(2);
  const theory = curves.flatMap(({ source, report, outcome }): [string, string][] => {
    if (source.run !== undefined) return [];
    const computed = say('report.curve', {
      seconds: seconds(report.seconds),
      outcome: say(`outcome.${outcome.status}`),
    });
    return [[capital(curveName(texts, source.kind)), [computed, ...details(report.details, [])].join(comma)]];
  });
  const runs = curves.filter(isRun);
  if (runs.length === 0) return theory;
  const total = runs.reduce((sum, { report }) => sum + report.seconds, 0);
  const done = runs.filter(({ outcome }) => outcome.status === 'done').length;
  const common = details(runs[0].report.details, ['run', 'seed']);
  return [
    ...theory,
    [
      say('report.allRuns'),
      [say('report.runsDone', { n: runs.length, done, seconds: seconds(total) }), ...common].join(comma),
    ],
  ];
}

const capital = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}`;

function footer({ say }: Texts, provenance: ArchiveProvenance | null): string {
  if (!provenance?.app) return `<footer>${escapeXml(say('report.unknownOrigin'))}</footer>`;
  const versions = Object.entries(provenance.versions).map(([key, value]) => `${key} ${value}`);
  return `<footer>
${rowTable('', [
  ['SGD Dynamics Lab', provenance.app],
  [say('report.versions'), versions.join(', ')],
  [say('report.platform'), provenance.platform ?? ''],
  [say('report.started'), provenance.started ?? ''],
  [say('report.ended'), provenance.ended ?? ''],
  [
    say('report.hashes'),
    Object.entries(provenance.hashes)
      .map(([id, hash]) => `${id}: ${hash}`)
      .join(', '),
  ],
])}
</footer>`;
}
