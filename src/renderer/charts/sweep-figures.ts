/** Figures of the open study's sweep as figure kinds, so that cards, tables and exports treat them like the others. */
import { computed, type ComputedRef } from 'vue';
import { defaultView, type FigureInput, type FigureKind, type FigureView } from '../../figures/index.ts';
import { formatValue } from '../../text/numbers.ts';
import {
  drawSweepCurves,
  drawSweepMap,
  drawSweepPanel,
  extremeSaid,
  extremesOf,
  sourceOf,
  statistic as statisticOf,
  statistics,
  sweptAxes,
  sweptResults,
  sweptValues,
  type Extreme,
  type Statistic,
  type SweptAxis,
} from '../../figures/sweep/index.ts';
import { expectedCurve, simulationCurves } from '../../study/experiment-results.ts';
import { isOfSweep, type Sweep } from '../../core/experiment/sweep.ts';
import { type Said } from '../../text/texts.ts';
import { sweepOf } from '../draft/sweep.ts';
import { currentTexts } from '../i18n/index.ts';
import { useResults } from '../stores/results.ts';
import { useStudy } from '../stores/study.ts';
import { useSweepView } from '../stores/sweep.ts';
import { usePlaces } from './series-style.ts';
import { useFigures } from './figures.ts';

export interface SweepFigures {
  readonly sweep: ComputedRef<Sweep | null>;
  readonly axes: ComputedRef<readonly SweptAxis[]>;
  readonly inputs: ComputedRef<readonly FigureInput[]>;
  /** Statistics that some experiment has. */
  readonly available: ComputedRef<readonly Statistic[]>;
  readonly statistic: ComputedRef<Statistic>;
  /** Grid times to choose from. */
  readonly times: ComputedRef<readonly number[]>;
  /** Whether there are theory and runs to choose between. */
  readonly both: ComputedRef<boolean>;
  readonly kinds: ComputedRef<readonly FigureKind[]>;
  /** Values of the second axis that have no figure over t: there are too many. */
  readonly leftOut: ComputedRef<readonly number[]>;
  /** Least and greatest value of what is shown, with what is said of them. */
  readonly extremes: ComputedRef<readonly (Extreme & { readonly said: string })[]>;
  readonly view: ComputedRef<Omit<FigureView, 'width' | 'height'>>;
}

/** Panels over t are drawn for this many values of the second axis at most, evenly chosen; the others are named. */
const MOST_PANELS = 24;

export const statisticName = ({ title }: Statistic): string => title(currentTexts());

export function useSweepFigures(): SweepFigures {
  const study = useStudy();
  const results = useResults();
  const look = useSweepView();
  const figures = useFigures();
  const places = usePlaces();

  const sweep = computed(() => sweepOf(study.draft));
  const axes = computed(() => (sweep.value ? sweptAxes(sweep.value) : []));
  const inputs = computed<readonly FigureInput[]>(() => {
    const of = sweep.value;
    if (!of) return [];
    return study.draft.experiments.flatMap((draft, at) => {
      const entry = isOfSweep(of, draft.id) ? results.entryOf(draft) : undefined;
      if (entry?.kind !== 'loaded') return [];
      const place = places.value.get(draft.id) ?? at;
      const { results: found, standing } = entry;
      return [{ results: found, label: String(draft.name || draft.id), place, standing }];
    });
  });
  const available = computed(() => {
    const found = statistics.filter((each) => inputs.value.some(({ results: of }) => each.applies(of)));
    return found.length > 0 ? found : statistics.slice(0, 1);
  });
  const statistic = computed(
    () => available.value.find((each) => each === statisticOf(look.statistic)) ?? available.value[0],
  );
  const times = computed(() => {
    const longest = inputs.value.reduce<Float64Array | null>(
      (best, { results: { frame } }) =>
        best === null || frame.t[frame.t.length - 1] > best[best.length - 1] ? frame.t : best,
      null,
    );
    return longest ? [...longest].filter((time) => time > 0) : [];
  });
  const both = computed(
    () =>
      inputs.value.some(({ results: of }) => expectedCurve(of)) &&
      inputs.value.some(({ results: of }) => simulationCurves(of).length > 0),
  );

  const kinds = computed<readonly FigureKind[]>(() => {
    const of = sweep.value;
    if (!of) return [];
    const choice = { statistic: statistic.value, time: look.time, source: look.source, across: look.across };
    const name = choice.statistic.title;
    const make = (kind: string, title: Said, draw: Draw): FigureKind => ({
      kind,
      title,
      scope: 'overlay',
      applies: () => true,
      build: (shown, view) => draw(sweptResults(of, shown), view),
    });
    const [first, second] = axes.value.length > 1 ? [axes.value[look.across], axes.value[1 - look.across]] : axes.value;
    const curves = make(
      'sweep-curves',
      (texts) => texts.say('sweep.against', { name: name(texts), symbol: first.symbol }),
      (swept, view) => drawSweepCurves(swept, choice, view),
    );
    const panel = (at: number, title: Said) =>
      make(`sweep-panel-${at}`, title, (swept, view) =>
        drawSweepPanel(swept, { across: look.across, at }, { ...view, valueScale: 'log' }),
      );
    const risk = statistics[0].title;
    if (second === undefined) return [curves, panel(0, (texts) => texts.say('sweep.overTime', { name: risk(texts) }))];
    const map = make(
      'sweep-map',
      (texts) => texts.say('sweep.over', { name: name(texts), first: first.symbol, second: second.symbol }),
      (swept, view) => drawSweepMap(swept, choice, view),
    );
    const panels = chosen(second.values.length).map((at) =>
      panel(at, (texts) =>
        texts.say('sweep.overTimeAt', {
          name: risk(texts),
          place: `${second.symbol} = ${formatValue(second.values[at])}`,
        }),
      ),
    );
    return [map, curves, ...panels];
  });

  const leftOut = computed(() => {
    const values = axes.value.length > 1 ? axes.value[1 - look.across].values : [];
    const drawn = chosen(values.length);
    return values.filter((_, k) => !drawn.includes(k));
  });

  const view = computed(() => ({ ...figures.view.value, valueScale: look.scale }));
  const extremes = computed(() => {
    if (!sweep.value) return [];
    const swept = sweptResults(sweep.value, inputs.value);
    const values = sweptValues(swept, statistic.value, look.time, { ...defaultView, ...view.value });
    const source = look.source === 'auto' ? sourceOf(values) : look.source;
    return extremesOf(swept, values, source).map((extreme) => ({
      ...extreme,
      said: extremeSaid(currentTexts(), swept, extreme),
    }));
  });
  return { extremes, sweep, axes, inputs, available, statistic, times, both, kinds, leftOut, view };
}

type Draw = (swept: ReturnType<typeof sweptResults>, view: FigureView) => ReturnType<FigureKind['build']>;

/** Indices of a list of this length, evenly chosen with both ends. */
function chosen(length: number): number[] {
  const count = Math.min(length, MOST_PANELS);
  return [...new Set(Array.from({ length: count }, (_, k) => Math.round((k * (length - 1)) / Math.max(1, count - 1))))];
}
