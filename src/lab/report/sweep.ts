/** The part of a report about a sweep: its figures and a compact table, instead of every experiment by itself. */
import { escapeXml } from '../../figures/xml.ts';
import {
  defaultView,
  experimentStyle,
  inputLabel,
  themes,
  type Figure,
  type FigureInput,
  type FigureView,
} from '../../figures/index.ts';
import { drawSweepCurves, drawSweepMap, statistics, sweptResults, type Swept } from '../../figures/sweep/index.ts';
import { type Sweep } from '../../core/experiment/sweep.ts';
import { type Texts } from '../../text/texts.ts';
import { figureHtml } from './figure.ts';
import { comparisonTable, rowTable, settingsTable } from './tables.ts';

const viewIn = ({ language }: Texts): FigureView => ({
  ...defaultView,
  language,
  theme: 'light',
  width: 480,
  height: 370,
  grow: true,
});

/** What a report shows of a sweep, where there is anything to see. */
const SHOWN = ['deviation', 'risk', 'average-risk', 'decade-exponent', 'error', 'clean-share', 'enrichment'];

/** @param inputs of the sweep's experiments, in the study's order; at least one. */
export function sweepSection(texts: Texts, sweep: Sweep, inputs: readonly FigureInput[]): string {
  const { say } = texts;
  const swept = sweptResults(sweep, inputs);
  const names = swept.axes.map(({ name, values }) => say('report.axisValues', { name: name(texts), n: values.length }));
  const figures = sweepFigures(texts, swept).map(([id, figure]) => figureHtml(figure, `sweep-${id}`));
  return `<section>
<h2>${escapeXml(say('report.sweepOver', { axes: swept.axes.map(({ symbol }) => symbol).join(' × ') }))}</h2>
${rowTable('settings', [
  [say('report.axes'), names.join(say('list.parts'))],
  [
    say('report.experiments'),
    say('report.withResults', { all: swept.points.length, n: swept.points.filter(({ input }) => input).length }),
  ],
])}
<div class="figures">
${figures.join('\n')}
</div>
<h3>${escapeXml(say('report.firstSettings'))}</h3>
${settingsTable(texts, inputs[0].results)}
<h3>${escapeXml(say('report.final'))}</h3>
${comparisonTable(
  texts,
  inputs,
  inputs.map(({ place }) => experimentStyle(themes.light, place)),
  inputs.map(inputLabel),
)}
</section>`;
}

/** Maps, of two axes, and curves. */
function sweepFigures(texts: Texts, swept: Swept): [string, Figure][] {
  const view = viewIn(texts);
  return statistics
    .filter(({ kind }) => SHOWN.includes(kind))
    .filter(({ applies }) => swept.points.some(({ input }) => input && applies(input.results)))
    .flatMap((statistic): [string, Figure][] => [
      ...(swept.axes.length > 1
        ? [
            [
              `map-${statistic.kind}`,
              drawSweepMap(swept, { statistic, time: null, source: 'auto', across: 0 }, view),
            ] satisfies [string, Figure],
          ]
        : []),
      [`curves-${statistic.kind}`, drawSweepCurves(swept, { statistic, time: null, across: 0 }, view)],
    ])
    .filter(([, figure]) => !figure.empty);
}
