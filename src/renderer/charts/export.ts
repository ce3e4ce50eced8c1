/** Figures and tables as files: a render of its own, on light paper, with heading, notes and settings inside. */
import { defaultView, inputLabel, type FigureInput, type FigureKind, type FigureView } from '../../figures/index.ts';
import { svgDocument } from '../../figures/svg.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { init } from './echarts.ts';
import { withPngText } from './png-text.ts';

/** 16 × 11 cm at 96 pixels an inch; higher where the names of curves or the notes need it. */
export const EXPORT_SIZE = { width: Math.round((16 / 2.54) * 96), height: Math.round((11 / 2.54) * 96) };
const PNG_RATIO = 3.125; // 300 dots an inch

/** Settings of what is drawn, for the file's metadata. */
function settingsOf(inputs: readonly FigureInput[]): object {
  // called as they are called now: a name may have been changed since they were computed
  const experiments: Experiment[] = inputs.map((input) => ({ ...input.results.experiment, name: inputLabel(input) }));
  return { format: 'sgdlab-study', version: 1, name: '', notes: '', experiments };
}

function exportView(view: FigureView): FigureView {
  return { ...defaultView, ...view, ...EXPORT_SIZE, theme: 'light', heading: true, grow: true, fontSize: 12 };
}

export function figureSvg(kind: FigureKind, inputs: readonly FigureInput[], view: FigureView): Uint8Array {
  const figure = kind.build(inputs, exportView(view));
  const options = { background: '#ffffff', settings: settingsOf(inputs) };
  return new TextEncoder().encode(svgDocument(init, figure, options));
}

export function figurePng(kind: FigureKind, inputs: readonly FigureInput[], view: FigureView): Uint8Array {
  const figure = kind.build(inputs, exportView(view));
  const { width, height } = figure;
  const chart = init(document.createElement('div'), null, {
    renderer: 'canvas',
    devicePixelRatio: PNG_RATIO,
    width,
    height,
  });
  try {
    chart.setOption({ ...figure.option, animation: false });
    const url = chart.getDataURL({ type: 'png', pixelRatio: PNG_RATIO, backgroundColor: '#ffffff' });
    const bytes = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0));
    return withPngText(bytes, 'sgdlab-study', JSON.stringify(settingsOf(inputs)));
  } finally {
    chart.dispose();
  }
}
