/** Numbers at the last time, theory beside simulation, and the settings in which experiments differ: pure functions. */
import { curveField, simulationCurves, theoryCurve, type ExperimentResults } from '../../../core/study/results.ts';

export interface FinalRow {
  readonly quantity: 'risk' | 'error' | 'norm' | 'learning_rate';
  readonly t: number;
  readonly theory: number | null;
  readonly mean: number | null;
  readonly sd: number | null;
  readonly se: number | null;
  readonly n: number;
  /** (mean − theory) / se. */
  readonly difference: number | null;
}

const QUANTITIES = ['risk', 'error', 'norm', 'learning_rate'] as const;

/** Values at the last grid point that theory (or else every run) has reached. */
export function finalRows(results: ExperimentResults): FinalRow[] {
  const { frame } = results;
  const theory = theoryCurve(results, 'ode');
  const runs = simulationCurves(results).filter((run) => run.points > 0);
  const reached = Math.min(frame.t.length, theory?.points ?? Infinity, ...runs.map((run) => run.points));
  if (!(reached >= 1) || (!theory && runs.length === 0)) return [];
  const at = reached - 1;
  return QUANTITIES.filter((key) => frame.layout.fields.some((field) => field.key === key)).map((quantity) => {
    const values = runs.map((run) => curveField(frame, run.rows, quantity)[at]);
    const n = values.length;
    const mean = n > 0 ? values.reduce((sum, value) => sum + value, 0) / n : null;
    const sd =
      mean !== null && n > 1 ? Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)) : null;
    const se = sd === null ? null : sd / Math.sqrt(n);
    const exact = theory ? curveField(frame, theory.rows, quantity)[at] : null;
    const difference = mean !== null && exact !== null && se !== null && se > 0 ? (mean - exact) / se : null;
    return { quantity, t: frame.t[at], theory: exact, mean, sd, se, n, difference };
  });
}

export interface SettingDifference {
  readonly path: string;
  /** One text per experiment; empty where the setting is not there. */
  readonly values: readonly string[];
}

/** Settings whose values are not the same in all descriptions (ids and names aside). */
export function settingDifferences(drafts: readonly Readonly<Record<string, unknown>>[]): SettingDifference[] {
  const flat = drafts.map((draft) => {
    const { id: _id, name: _name, ...settings } = draft;
    return new Map(leaves(settings, ''));
  });
  const paths = [...new Set(flat.flatMap((settings) => [...settings.keys()]))];
  return paths
    .map((path) => ({ path, values: flat.map((settings) => settings.get(path) ?? '') }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** Plain settings by path; a list of numbers is one setting. */
function leaves(value: unknown, path: string): [string, string][] {
  if (Array.isArray(value) && value.every((entry) => entry === null || typeof entry !== 'object')) {
    return [
      [path, value.length > 8 ? `[${value.slice(0, 6).join(', ')}, … ${value.length}]` : `[${value.join(', ')}]`],
    ];
  }
  if (value === null || typeof value !== 'object') return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, entry]) => leaves(entry, path === '' ? key : `${path}.${key}`));
}
