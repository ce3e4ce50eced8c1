/** How the open study, or the comparison, is looked at: what is selected, overlaid and shown, axes, zoom and cursor. */
import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { parseJson } from '../../core/description/json.ts';
import { type FigureGuide, type Look, type lookTabs, type panelings } from '../../study/look.ts';
import { type TheoryBandKind } from '../../figures/index.ts';
import { lab } from '../lab.ts';
import { useSweepView } from './sweep.ts';

export type Tab = (typeof lookTabs)[number];
export const TABS: readonly Tab[] = ['results', 'model', 'table', 'notes', 'sweep'];
export type BandChoice = 'quantiles' | 'deviation' | 'error' | 'range' | 'none';
export const BANDS: readonly BandChoice[] = ['quantiles', 'deviation', 'error', 'range', 'none'];
export type Paneling = (typeof panelings)[number];

/** A range of an axis, in its values. */
export interface AxisRange {
  readonly from: number;
  readonly to: number;
}

/** Figures that are not shown until they are asked for. */
const SELDOM: readonly string[] = [
  'cosine',
  'group-cosine',
  'objective',
  'decay',
  'deviation',
  'norm',
  'concentration',
];

/** Pause after the last change before it is kept. */
const KEEP_AFTER_MS = 300;

export const useView = defineStore('view', () => {
  const sweep = useSweepView();
  const selected = ref<string | null>(null);
  const overlaid = ref<readonly string[]>([]);
  const tab = ref<Tab>('results');
  const timeLog = ref(true);
  const valueLog = ref(true);
  const band = ref<BandChoice>('quantiles');
  const theoryBand = ref<TheoryBandKind>('auto');
  const singleRuns = ref(false);
  const threshold = ref<number | null>(null);
  const zoom = ref<AxisRange | null>(null);
  /** Ends of value axes that were chosen, by kind of figure. */
  const ranges = ref<Readonly<Record<string, AxisRange>>>({});
  /** Kinds of figures that are shown, in order; null for those that a study begins with. */
  const figures = ref<readonly string[] | null>(null);
  /** Kinds of figures that take a whole row. */
  const wide = ref<readonly string[]>([]);
  const panels = ref<Paneling>('none');
  /** Lines and words that were drawn in, by kind of figure. */
  const guides = ref<Readonly<Record<string, readonly FigureGuide[]>>>({});
  /** What is looked at in all figures, by value of t; never kept. */
  const cursor = ref<number | null>(null);

  /** Experiments in the figures: the checked ones, or the selected one. */
  const shown = computed(() =>
    overlaid.value.length > 0 ? overlaid.value : selected.value === null ? [] : [selected.value],
  );

  const look = computed<Look>(() => ({
    tab: tab.value,
    selected: selected.value,
    overlaid: [...overlaid.value],
    timeLog: timeLog.value,
    valueLog: valueLog.value,
    band: band.value,
    theoryBand: theoryBand.value,
    singleRuns: singleRuns.value,
    threshold: threshold.value,
    zoom: zoom.value === null ? null : { ...zoom.value },
    ranges: plain(ranges.value),
    figures: figures.value && [...figures.value],
    wide: [...wide.value],
    panels: panels.value,
    guides: plain(guides.value) as Look['guides'],
    sweep: {
      statistic: sweep.statistic,
      time: sweep.time,
      source: sweep.source,
      across: sweep.across,
      scale: sweep.scale,
    },
  }));

  /** Whose look it is; null while nothing is open. */
  let owner: string | null = null;
  let more: Look = {};
  let kept = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  watch(look, () => {
    clearTimeout(timer);
    if (owner !== null) timer = setTimeout(() => void keep(), KEEP_AFTER_MS);
  });

  /** Keeps the look as it is now; that it was not taken costs the way of looking alone. */
  async function keep(): Promise<void> {
    clearTimeout(timer);
    const of = owner;
    const next = { ...look.value, ...more };
    const text = JSON.stringify(next);
    if (of === null || text === kept) return;
    kept = text;
    await lab()
      .keepLook({ of, look: next })
      .catch(() => {});
  }

  /** What the comparison keeps beside: the experiments in it. */
  function keepAlso(also: Look): void {
    more = also;
    clearTimeout(timer);
    timer = setTimeout(() => void keep(), KEEP_AFTER_MS);
  }

  /**
   * Starts looking at a study (or the comparison) with these experiments, as it was looked at last; the first time with
   * the first experiment and this beginning. What was kept.
   */
  async function follow(of: string, experimentIds: readonly string[], beginning: Look = {}): Promise<Look> {
    await leave();
    const found = await lab()
      .look({ of })
      .catch((): Look => ({}));
    const begun = { ...beginning, ...found };
    const known = (id: string) => experimentIds.includes(id);
    selected.value = begun.selected && known(begun.selected) ? begun.selected : (experimentIds[0] ?? null);
    overlaid.value = (begun.overlaid ?? []).filter(known);
    tab.value = begun.tab ?? 'results';
    timeLog.value = begun.timeLog ?? true;
    valueLog.value = begun.valueLog ?? true;
    band.value = begun.band ?? 'quantiles';
    theoryBand.value = begun.theoryBand ?? 'auto';
    singleRuns.value = begun.singleRuns ?? false;
    threshold.value = begun.threshold ?? null;
    zoom.value = begun.zoom ?? null;
    ranges.value = begun.ranges ?? {};
    figures.value = begun.figures ?? null;
    wide.value = begun.wide ?? [];
    panels.value = begun.panels ?? 'none';
    guides.value = begun.guides ?? {};
    cursor.value = null;
    sweep.follow(begun.sweep);
    more = {};
    kept = JSON.stringify(look.value);
    owner = of;
    return found;
  }

  /** Keeps the look and lets go of whose it is. */
  async function leave(): Promise<void> {
    await keep();
    owner = null;
  }

  /** Keeps selection and overlay among the experiments that there are. */
  function keepTo(experimentIds: readonly string[]): void {
    overlaid.value = overlaid.value.filter((id) => experimentIds.includes(id));
    if (selected.value === null || !experimentIds.includes(selected.value)) selected.value = experimentIds[0] ?? null;
  }

  function toggleOverlay(id: string): void {
    overlaid.value = overlaid.value.includes(id)
      ? overlaid.value.filter((each) => each !== id)
      : [
          ...(overlaid.value.length === 0 && selected.value !== null && selected.value !== id ? [selected.value] : []),
          ...overlaid.value,
          id,
        ];
  }

  /** Of the kinds that there are, those that are shown, in order. */
  const ordered = (kinds: readonly string[]): readonly string[] =>
    figures.value === null
      ? kinds.filter((kind) => !SELDOM.includes(kind))
      : figures.value.filter((kind) => kinds.includes(kind));

  /** @param kinds all that there are. */
  function toggleFigure(kind: string, kinds: readonly string[]): void {
    const now = figures.value ?? ordered(kinds);
    figures.value = now.includes(kind) ? now.filter((each) => each !== kind) : [...now, kind];
  }

  /** Puts a figure before another one, or last. */
  function moveFigure(kind: string, before: string | null, kinds: readonly string[]): void {
    const others = (figures.value ?? ordered(kinds)).filter((each) => each !== kind);
    const at = before === null ? others.length : others.indexOf(before);
    figures.value = others.toSpliced(at < 0 ? others.length : at, 0, kind);
  }

  function toggleWide(kind: string): void {
    wide.value = wide.value.includes(kind) ? wide.value.filter((each) => each !== kind) : [...wide.value, kind];
  }

  function setRange(kind: string, range: AxisRange | null): void {
    const { [kind]: _old, ...others } = ranges.value;
    ranges.value = range === null ? others : { ...others, [kind]: range };
  }

  function setGuides(kind: string, next: readonly FigureGuide[]): void {
    const { [kind]: _old, ...others } = guides.value;
    guides.value = next.length === 0 ? others : { ...others, [kind]: next };
  }

  /** All axes back to all that there is. */
  function resetZoom(): void {
    zoom.value = null;
    ranges.value = {};
  }
  const zoomed = computed(() => zoom.value !== null || Object.keys(ranges.value).length > 0);

  return {
    selected,
    overlaid,
    shown,
    tab,
    timeLog,
    valueLog,
    band,
    theoryBand,
    singleRuns,
    figures,
    wide,
    panels,
    threshold,
    zoom,
    ranges,
    guides,
    cursor,
    zoomed,
    follow,
    leave,
    keep,
    keepAlso,
    keepTo,
    toggleOverlay,
    ordered,
    toggleFigure,
    moveFigure,
    toggleWide,
    setRange,
    setGuides,
    resetZoom,
  };
});

/** Without the store's proxies, which do not cross to the main process. */
const plain = <T>(value: T): T => parseJson(JSON.stringify(value)) as T;
