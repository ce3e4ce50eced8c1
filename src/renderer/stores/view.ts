/** How the open study is looked at: what is selected, overlaid and shown, axes, zoom and cursor (by value of t). */
import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { parseJson } from '../../core/description/json.ts';

export type Tab = 'results' | 'model' | 'table' | 'notes' | 'sweep';
export const TABS: readonly Tab[] = ['results', 'model', 'table', 'notes', 'sweep'];
export type BandChoice = 'quantiles' | 'deviation' | 'error' | 'range' | 'none';
export const BANDS: readonly BandChoice[] = ['quantiles', 'deviation', 'error', 'range', 'none'];

/** A range of t, shared by all figures over time. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Figures that are not shown until they are asked for. */
const SELDOM = ['cosine', 'group-cosine', 'objective', 'decay', 'deviation', 'norm', 'concentration'];

const KEPT = 'sgdlab.view';

interface Kept {
  timeLog: boolean;
  valueLog: boolean;
  band: BandChoice;
  singleRuns: boolean;
  hiddenFigures: string[];
}

function readKept(): Partial<Kept> {
  try {
    const value: unknown = parseJson(localStorage.getItem(KEPT) ?? '{}');
    return value !== null && typeof value === 'object' ? (value as Partial<Kept>) : {};
  } catch {
    return {};
  }
}

export const useView = defineStore('view', () => {
  const kept = readKept();
  const selected = ref<string | null>(null);
  const overlaid = ref<readonly string[]>([]);
  const tab = ref<Tab>('results');
  const timeLog = ref(kept.timeLog ?? true);
  const valueLog = ref(kept.valueLog ?? true);
  const band = ref<BandChoice>(kept.band && BANDS.includes(kept.band) ? kept.band : 'quantiles');
  const singleRuns = ref(kept.singleRuns ?? false);
  const hiddenFigures = ref<readonly string[]>(Array.isArray(kept.hiddenFigures) ? kept.hiddenFigures : SELDOM);
  const threshold = ref<number | null>(null);
  const zoom = ref<TimeRange | null>(null);
  const cursor = ref<number | null>(null);

  /** Experiments in the figures: the checked ones, or the selected one. */
  const shown = computed(() =>
    overlaid.value.length > 0 ? overlaid.value : selected.value === null ? [] : [selected.value],
  );

  watch([timeLog, valueLog, band, singleRuns, hiddenFigures], () => {
    const next: Kept = {
      timeLog: timeLog.value,
      valueLog: valueLog.value,
      band: band.value,
      singleRuns: singleRuns.value,
      hiddenFigures: [...hiddenFigures.value],
    };
    try {
      localStorage.setItem(KEPT, JSON.stringify(next));
    } catch {
      // a full or forbidden storage loses only the way of looking
    }
  });

  /** Starts looking at a study with these experiments: the first one is selected. */
  function reset(experimentIds: readonly string[]): void {
    selected.value = experimentIds[0] ?? null;
    overlaid.value = [];
    tab.value = 'results';
    zoom.value = null;
    cursor.value = null;
    threshold.value = null;
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

  function toggleFigure(kind: string): void {
    hiddenFigures.value = hiddenFigures.value.includes(kind)
      ? hiddenFigures.value.filter((each) => each !== kind)
      : [...hiddenFigures.value, kind];
  }

  return {
    selected,
    overlaid,
    shown,
    tab,
    timeLog,
    valueLog,
    band,
    singleRuns,
    hiddenFigures,
    threshold,
    zoom,
    cursor,
    reset,
    keepTo,
    toggleOverlay,
    toggleFigure,
  };
});
