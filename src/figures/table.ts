/** The numbers behind a figure of curves: everything that was computed, not what decimation left. */
import { lineName, TIME, type Abscissa, type CurveSet } from './curve-set.ts';
import { type FigureTable, type TableColumn, type TableSection } from './figure.ts';
import { type Texts } from '../text/texts.ts';
import { theoryName } from './theory-name.ts';

/** Columns of figures, and that of the curve's name in a file. */
const COLUMN_KEYS: ReadonlySet<string> = new Set(
  'curve t theory theory_sd theory_q10 theory_q90 fit gradient_flow mean sd se median q10 q90 min max n value'.split(
    ' ',
  ),
);

/** A key for a column of a parameter's values that no column of a figure has: its symbol, else its path. */
export const ownColumnKey = (symbol: string, parameter: string): string =>
  COLUMN_KEYS.has(symbol) ? `${symbol} (${parameter})` : symbol;

/** @param value name of the quantity, e.g. `risk`. */
export function curveTable(
  texts: Texts,
  sets: readonly CurveSet[],
  value: string,
  abscissa: Abscissa = TIME,
): FigureTable {
  return { sections: sets.map((set) => section(texts, set, value, abscissa)) };
}

function section(texts: Texts, set: CurveSet, value: string, abscissa: Abscissa): TableSection {
  const { say } = texts;
  const of = (curve: string) => say('column.of', { quantity: value, curve });
  const { statistics } = set;
  const columns: TableColumn[] = [{ key: abscissa.key ?? abscissa.symbol, label: abscissa.name(texts), values: set.t }];
  const { experiment } = set.input.results;
  if (set.theory) {
    columns.push({ key: abscissa.line, label: of(lineName(texts, abscissa, set)), values: set.theory });
  }
  if (set.theory && set.quantiles) {
    const curve = lineName(texts, abscissa, set);
    columns.push(
      { key: 'theory_q10', label: say('column.of', { quantity: '10 %', curve }), values: set.quantiles.low },
      { key: 'theory_q90', label: say('column.of', { quantity: '90 %', curve }), values: set.quantiles.high },
    );
  }
  if (set.theory && set.spread) {
    const label = of(say('column.theorySd', { curve: lineName(texts, abscissa, set) }));
    columns.push({ key: 'theory_sd', label, values: set.spread });
  }
  for (const { kind, values } of set.others)
    columns.push({ key: kind.replaceAll('-', '_'), label: of(theoryName(texts, experiment, kind)), values });
  if (set.runs.length > 0) {
    columns.push(
      { key: 'mean', label: of(say('column.mean')), values: statistics.mean },
      { key: 'sd', label: say('column.sd'), values: statistics.sd },
      { key: 'se', label: say('column.se'), values: statistics.se },
      { key: 'median', label: say('column.median'), values: statistics.median },
      { key: 'q10', label: '10 %', values: statistics.low },
      { key: 'q90', label: '90 %', values: statistics.high },
      { key: 'min', label: say('column.min'), values: statistics.min },
      { key: 'max', label: say('column.max'), values: statistics.max },
      { key: 'n', label: 'N', values: statistics.count },
    );
  }
  // over another axis than t the points are of several experiments
  return { name: set.name, ...(abscissa === TIME && { experiment: experiment.id }), columns };
}
