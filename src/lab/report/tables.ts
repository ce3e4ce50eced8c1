/** The tables of a report. */
import { escapeXml } from '../../figures/xml.ts';
import { curveKinds } from '../../core/theory/curves/curve-kinds.ts';
import {
  commonTheoryName,
  finalValues,
  theoryName,
  type FigureInput,
  type FinalValue,
  type SeriesStyle,
} from '../../figures/index.ts';
import { formatFixed, formatValue, formatWithDeviation } from '../../text/numbers.ts';
import { type ExperimentResults } from '../../study/experiment-results.ts';
import { type Texts } from '../../text/texts.ts';
import { keySvg } from './key.ts';
import { settingsOf } from './settings.ts';

const cell = (text: string, kind = 'number'): string => `<td class="${kind}">${escapeXml(text)}</td>`;
const head = (text: string, kind = 'number'): string => `<th class="${kind}" scope="col">${escapeXml(text)}</th>`;

const table = (columns: string, rows: readonly string[]): string =>
  `<div class="scroll"><table><thead><tr>${columns}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;

function meanAndDeviation({ mean, sd, n }: FinalValue): string {
  if (n === 0) return '–';
  return n > 1 ? formatWithDeviation(mean, sd) : formatFixed(mean);
}

const difference = ({ difference: value }: FinalValue): string =>
  Number.isFinite(value) ? `${value > 0 ? '+' : ''}${formatValue(value, 2)}` : '–';

const orDash = (value: number | null): string => (value === null ? '–' : formatFixed(value));

/** Final risk and error of every experiment: theory beside SGD. */
export function comparisonTable(
  texts: Texts,
  inputs: readonly FigureInput[],
  keys: readonly SeriesStyle[],
  names: readonly string[],
): string {
  const { say } = texts;
  const theory = commonTheoryName(texts, inputs);
  const columns = [
    head(say('report.experiment'), ''),
    ...[
      't',
      say('report.riskOf', { curve: theory }),
      say('report.riskOf', { curve: say('report.meanOf') }),
      say('report.difference'),
      say('report.errorOf', { curve: theory }),
      say('report.errorOf', { curve: say('report.meanOf') }),
      say('report.runCount'),
    ].map((text) => head(text)),
  ].join('');
  const rows = inputs.map(({ results }, k) => {
    const values = new Map(finalValues(results).map((value) => [value.key, value]));
    const risk = values.get('risk');
    const error = values.get('error');
    return [
      `<tr><th scope="row">${keySvg(keys[k])}${escapeXml(names[k])}</th>`,
      cell(risk ? formatValue(risk.t) : '–'),
      cell(orDash(risk?.theory ?? null)),
      cell(risk ? meanAndDeviation(risk) : '–'),
      cell(risk ? difference(risk) : '–'),
      cell(orDash(error?.theory ?? null)),
      cell(error ? meanAndDeviation(error) : '–'),
      cell(String(risk?.n ?? 0)),
      '</tr>',
    ].join('');
  });
  return table(columns, rows);
}

/** Final values of one experiment. */
export function finalTable(texts: Texts, results: ExperimentResults): string {
  const { say } = texts;
  const values = finalValues(results);
  const { experiment } = results;
  const others = curveKinds.map(({ kind }) => kind).filter((kind) => values.some((value) => kind in value.others));
  const columns = [
    head(say('report.at', { t: formatValue(values[0].t) }), ''),
    head(theoryName(texts, experiment)),
    ...others.map((kind) => head(theoryName(texts, experiment, kind))),
    ...[say('report.meanOf'), say('column.se'), say('report.difference'), 'N'].map((text) => head(text)),
  ].join('');
  const rows = values.map((value) =>
    [
      `<tr><th scope="row">${escapeXml(value.label(texts))}</th>`,
      cell(orDash(value.theory)),
      ...others.map((kind) => cell(orDash(value.others[kind] ?? null))),
      cell(meanAndDeviation(value)),
      cell(value.n > 1 ? formatFixed(value.se, 2) : '–'),
      cell(difference(value)),
      cell(String(value.n)),
      '</tr>',
    ].join(''),
  );
  return table(columns, rows);
}

/** Every setting of an experiment. */
export function settingsTable(texts: Texts, { experiment }: ExperimentResults): string {
  return rowTable(
    'settings',
    settingsOf(texts, experiment).map(({ name, value }) => [name, value]),
  );
}

export function rowTable(kind: string, rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(
    ([name, value]) => `<tr><th scope="row">${escapeXml(name)}</th><td>${escapeXml(value)}</td></tr>`,
  );
  return `<table class="${kind}"><tbody>${lines.join('\n')}</tbody></table>`;
}
