/**
 * What the keyboard does in a figure. Left and right move the cursor from grid point to grid point, up and down choose
 * a curve, Enter opens its experiment. Plus and minus zoom, Alt with arrows pans, 0 takes the zoom back, Escape lets
 * go.
 */
import { computed, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { type Figure, type Readout, type ReadoutRow } from '../../figures/index.ts';
import { type FigurePointer } from './figure-pointer.ts';
import { useView } from '../stores/view.ts';

/** Grid points that a step with Shift passes. */
const FAR = 10;
const NEARER = 0.7;
const PAN = 0.1;

export interface FigureKeys {
  /** The place on the horizontal axis; null until a key was pressed. */
  readonly at: ShallowRef<number | null>;
  readonly readout: ComputedRef<Readout | null>;
  readonly chosen: ComputedRef<ReadoutRow | null>;
  /** What is read out: the place, then the chosen curve. */
  readonly said: ComputedRef<string>;
  press(event: KeyboardEvent): void;
  leave(): void;
}

const keyOf = ({ experiment, name }: ReadoutRow): string => `${experiment ?? ''} ${name}`;

export function useFigureKeys(
  figure: Readonly<Ref<Figure | null>>,
  pointer: FigurePointer,
  open: (experiment: string) => void,
): FigureKeys {
  const view = useView();
  const at = shallowRef<number | null>(null);
  /** Of the curve that was chosen: names need not be unique. */
  const choice = shallowRef<string | null>(null);
  const readout = computed(() => (at.value === null ? null : (figure.value?.readout(at.value) ?? null)));
  const chosen = computed(
    () => readout.value?.rows.find((row) => keyOf(row) === choice.value) ?? readout.value?.rows[0] ?? null,
  );
  const said = computed(() => {
    if (!readout.value || !chosen.value) return '';
    const parts = chosen.value.parts.map(({ label, text }) => `${label} ${text}`);
    return [readout.value.heading, chosen.value.name, ...parts].join(', ');
  });

  function go(to: number): void {
    const stops = figure.value?.stops ?? [];
    if (stops.length === 0) return;
    at.value = stops[Math.max(0, Math.min(stops.length - 1, to))];
    choice.value ??= chosen.value && keyOf(chosen.value);
    if (figure.value?.time) view.cursor = at.value;
  }

  /** Index of the stop that the cursor is at or has just passed; the first one before it was moved. */
  function place(): number {
    const stops = Array.from(figure.value?.stops ?? []);
    const now = at.value;
    return now === null
      ? -1
      : Math.max(
          0,
          stops.findLastIndex((stop) => stop <= now * (1 + 1e-12)),
        );
  }

  function choose(step: number): void {
    if (at.value === null) return go(0);
    const rows = readout.value?.rows ?? [];
    const index = rows.findIndex((row) => row === chosen.value);
    const row = rows.at(Math.max(0, Math.min(rows.length - 1, index + step)));
    choice.value = row ? keyOf(row) : null;
  }

  const actions: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    ArrowLeft: (event) => (event.altKey ? pointer.panBy(-PAN, 0) : go(place() - (event.shiftKey ? FAR : 1))),
    ArrowRight: (event) => (event.altKey ? pointer.panBy(PAN, 0) : go(place() + (event.shiftKey ? FAR : 1))),
    ArrowUp: (event) => (event.altKey ? pointer.panBy(0, PAN) : choose(-1)),
    ArrowDown: (event) => (event.altKey ? pointer.panBy(0, -PAN) : choose(1)),
    Home: () => go(0),
    End: () => go((figure.value?.stops.length ?? 1) - 1),
    '+': () => pointer.zoomBy(NEARER),
    '=': () => pointer.zoomBy(NEARER),
    '-': () => pointer.zoomBy(1 / NEARER),
    '0': () => pointer.reset(),
    Enter: () => chosen.value?.experiment && open(chosen.value.experiment),
  };

  return {
    at,
    readout,
    chosen,
    said,
    press(event) {
      if (event.ctrlKey || event.metaKey) return;
      if (event.key === 'Escape' && at.value !== null) {
        event.stopPropagation();
        this.leave();
        return;
      }
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      action(event);
    },
    leave() {
      at.value = null;
      if (!pointer.hovered.value) view.cursor = null;
    },
  };
}
