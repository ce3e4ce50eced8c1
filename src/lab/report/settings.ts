/** An experiment's description as a table for people: every setting, defaults included. */
import { type Experiment } from '../../core/experiment/schema.ts';
import { type MessageKey, type Texts } from '../../text/texts.ts';

export interface Setting {
  readonly name: string;
  readonly value: string;
}

const LONGEST_LIST = 12;

/** Settings in the order of the study format, named as the editor names them. */
export function settingsOf(texts: Texts, experiment: Experiment): Setting[] {
  const { model, loss, optimizer, parameterization, horizon, grid, theory, simulation } = experiment;
  const { say } = texts;
  const rows: readonly (readonly [MessageKey, string, unknown])[] = [
    ['field.dimension', '', model.dimension],
    ['field.priors', '', model.priors],
    ['section.spectrum', 'spectrum', model.spectrum],
    ['section.means', 'means', model.means],
    ['section.loss', 'loss', loss],
    ...(parameterization.kind === 'linear'
      ? []
      : [['field.parameterization', 'parameterization', parameterization] as const]),
    ['field.method', 'method', optimizer.method],
    ['field.average', 'average', optimizer.average ?? 'none'],
    ['field.schedule', 'schedule', optimizer.schedule],
    ['field.batchSize', '', optimizer.batchSize],
    ['field.ridge', '', optimizer.ridge],
    ['field.start', 'start', optimizer.start],
    ['field.horizon', '', horizon],
    ['field.grid', 'grid', grid],
    ['section.theory', 'curve', theory.curves],
    ['section.simulation', 'simulation', simulation],
  ];
  return rows.map(([key, section, value]) => {
    const said = describe(texts, section, value);
    const more =
      key !== 'section.theory' ? [] : [theory.limit ? 'd → ∞' : '', theory.spread ? say('field.spread') : ''];
    return { name: say(key), value: [said, ...more].filter(Boolean).join(say('list.comma')) };
  });
}

/** `Power law, Exponents α (1.1, 1.5)`: kinds and settings by name, lists in brackets, what is nested in braces. */
function describe(texts: Texts, section: string, value: unknown): string {
  const { say, named } = texts;
  if (Array.isArray(value)) {
    const shown = value.slice(0, LONGEST_LIST).map((each) => nested(texts, section, each));
    const rest = value.length > LONGEST_LIST ? [say('report.inAll', { n: value.length })] : [];
    return `(${[...shown, ...rest].join(', ')})`;
  }
  if (value !== null && typeof value === 'object') {
    return Object.entries(value)
      .map(([key, entry]) => {
        if (key === 'kind') return named(`kind.${section}.${entry}`, String(entry));
        const of = named(`field.${section}.${key}`, named(`field.${key}`, words(key)));
        return `${of} ${nested(texts, key, entry)}`;
      })
      .join(say('list.comma'));
  }
  if (typeof value === 'boolean') return say(value ? 'report.on' : 'report.off');
  return typeof value === 'string' ? named(`kind.${section}.${value}`, value) : String(value);
}

function nested(texts: Texts, section: string, value: unknown): string {
  const said = describe(texts, section, value);
  const several = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 1;
  return several ? `{${said}}` : said;
}

/** `batchSize` → `batch size`, for a setting that has no name. */
const words = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
