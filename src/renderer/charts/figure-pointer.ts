/** What the mouse does in a figure: cursor, readout, zoom by dragging a box, pan with Shift, zoom with Ctrl and the wheel. */
import { computed, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { type CellReadout, type Figure } from '../../figures/index.ts';
import { useView, type AxisRange } from '../stores/view.ts';
import { between, isRange, movedBy, zoomedAbout } from './navigation.ts';
import { insidePlot, timeAt } from './time-axis.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Drag {
  readonly from: Place;
  readonly to: Place;
  readonly pan: boolean;
}

/** Pixels that a drag must have along an axis to be of it. */
const LEAST = 8;
/** Of the wheel's step; smaller is nearer. */
const WHEEL = 0.0016;

export interface FigurePointer {
  /** Where the pointer is in the plot; null outside. */
  readonly hovered: ShallowRef<Place | null>;
  readonly cell: ComputedRef<CellReadout | null>;
  /** The box that is being drawn, as a style. */
  readonly selection: ComputedRef<Readonly<Record<string, string>> | null>;
  move(event: PointerEvent): void;
  down(event: PointerEvent): void;
  /** Whether it was a click. */
  up(event: PointerEvent): boolean;
  leave(): void;
  wheel(event: WheelEvent): void;
  reset(): void;
  /** Zooms about the middle: the keyboard's. */
  zoomBy(factor: number): void;
  panBy(across: number, up: number): void;
}

export function useFigurePointer(
  figure: Readonly<Ref<Figure | null>>,
  body: Readonly<Ref<HTMLElement | null>>,
  kind: () => string,
): FigurePointer {
  const view = useView();
  const hovered = shallowRef<Place | null>(null);
  const drag = shallowRef<Drag | null>(null);

  const placeOf = (event: MouseEvent): Place => {
    const box = body.value?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const sharesOf = ({ plot }: Figure, { x, y }: Place) => ({
    across: (x - plot.left) / plot.width,
    up: 1 - (y - plot.top) / plot.height,
  });
  const isInside = (drawn: Figure, place: Place): boolean => {
    const { across, up } = sharesOf(drawn, place);
    return across >= 0 && across <= 1 && up >= 0 && up <= 1;
  };
  const upright = ({ up, value }: Figure): boolean => up === value;

  function setAcross(drawn: Figure, range: AxisRange): void {
    if (drawn.time && isRange(drawn.time, range)) view.zoom = range;
  }
  function setUp(drawn: Figure, range: AxisRange): void {
    if (upright(drawn) && isRange(drawn.value, range)) view.setRange(kind(), range);
  }

  function move(event: PointerEvent): void {
    const drawn = figure.value;
    if (!drawn) return;
    const at = placeOf(event);
    hovered.value = isInside(drawn, at) ? at : null;
    view.cursor = hovered.value && timeAt(drawn, at.x);
    if (!drag.value) return;
    const clamped = {
      x: insidePlot(drawn, at.x),
      y: Math.min(drawn.plot.top + drawn.plot.height, Math.max(drawn.plot.top, at.y)),
    };
    if (!drag.value.pan) drag.value = { ...drag.value, to: clamped };
    else {
      const { from } = drag.value;
      const [before, now] = [sharesOf(drawn, from), sharesOf(drawn, at)];
      setAcross(drawn, movedBy(drawn.across, before.across - now.across));
      setUp(drawn, movedBy(drawn.value, before.up - now.up));
      drag.value = { ...drag.value, from: at };
    }
  }

  function down(event: PointerEvent): void {
    const drawn = figure.value;
    const at = placeOf(event);
    if (!drawn || event.button > 1 || !isInside(drawn, at)) return;
    drag.value = { from: at, to: at, pan: event.shiftKey || event.button === 1 };
    body.value?.setPointerCapture(event.pointerId);
  }

  /** Along which axes a box is meant: a flat one is of the horizontal axis, a narrow one of the vertical. */
  function meant(drawn: Figure, { from, to }: Drag): { across: boolean; up: boolean } {
    const [dx, dy] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    const can = { across: drawn.time !== null, up: upright(drawn) };
    return {
      across: can.across && dx >= LEAST && (!can.up || dx >= dy / 6),
      up: can.up && dy >= LEAST && (!can.across || dy >= dx / 6) && (dy >= 3 * LEAST || dx < LEAST),
    };
  }

  function up(): boolean {
    const done = drag.value;
    drag.value = null;
    const drawn = figure.value;
    if (!done || !drawn || done.pan) return false;
    const along = meant(drawn, done);
    const [first, second] = [sharesOf(drawn, done.from), sharesOf(drawn, done.to)];
    if (along.across) setAcross(drawn, between(drawn.across, first.across, second.across));
    if (along.up) setUp(drawn, between(drawn.value, first.up, second.up));
    return Math.hypot(done.to.x - done.from.x, done.to.y - done.from.y) < 4;
  }

  const selection = computed(() => {
    const drawn = figure.value;
    if (!drag.value || drag.value.pan || !drawn) return null;
    const { from, to } = drag.value;
    const along = meant(drawn, drag.value);
    if (!along.across && !along.up) return null;
    const { plot } = drawn;
    const [left, width] = along.across ? [Math.min(from.x, to.x), Math.abs(to.x - from.x)] : [plot.left, plot.width];
    const [top, height] = along.up ? [Math.min(from.y, to.y), Math.abs(to.y - from.y)] : [plot.top, plot.height];
    return { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` };
  });

  function wheel(event: WheelEvent): void {
    const drawn = figure.value;
    if (!drawn || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const share = sharesOf(drawn, placeOf(event));
    const factor = Math.exp(WHEEL * (event.deltaY || event.deltaX));
    // Shift: along the values alone
    if (!event.shiftKey) setAcross(drawn, zoomedAbout(drawn.across, share.across, factor));
    else setUp(drawn, zoomedAbout(drawn.value, share.up, factor));
  }

  const cell = computed(() => {
    const drawn = figure.value;
    if (!drawn?.cell || !hovered.value) return null;
    const share = sharesOf(drawn, hovered.value);
    return drawn.cell(between(drawn.across, share.across, 2).from, between(drawn.up, share.up, 2).from);
  });

  return {
    hovered,
    cell,
    selection,
    move,
    down,
    up,
    leave() {
      hovered.value = null;
      view.cursor = null;
    },
    wheel,
    reset() {
      drag.value = null;
      view.zoom = null;
      view.setRange(kind(), null);
    },
    zoomBy(factor) {
      if (figure.value) setAcross(figure.value, zoomedAbout(figure.value.across, 0.5, factor));
    },
    panBy(across, along) {
      if (!figure.value) return;
      if (across !== 0) setAcross(figure.value, movedBy(figure.value.across, across));
      if (along !== 0) setUp(figure.value, movedBy(figure.value.value, along));
    },
  };
}
