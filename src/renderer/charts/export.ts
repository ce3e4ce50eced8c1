/** Figures as files: a render of its own for print, with settings inside. */
import {
  defaultView,
  inputLabel,
  type Figure,
  type FigureInput,
  type FigureKind,
  type FigureView,
} from '../../figures/index.ts';
import { tableCsv } from '../../figures/files/csv.ts';
import { figureNpz, loadScript } from '../../figures/files/npz.ts';
import { outlined } from '../../figures/files/outlines.ts';
import { svgDocument } from '../../figures/svg.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { answered, refusalText } from '../failure.ts';
import { lab } from '../lab.ts';
import { init } from './echarts.ts';
import { facesOf, FAMILIES, fontRules, installFonts, type FontChoice } from './fonts.ts';
import { withPixelsPerMetre, withPngText } from './png-text.ts';

export interface ExportOptions {
  readonly format: 'pdf' | 'svg' | 'png';
  /** Centimetres; the height is more where names of curves and notes need it. */
  readonly width: number;
  readonly height: number;
  /** Points. */
  readonly fontSize: number;
  readonly font: FontChoice;
  /** Title, subtitle and notes inside the figure. */
  readonly heading: boolean;
  /** 'paper' has black axes all around, ticks inwards, thinner lines and no grid. */
  readonly style: 'paper' | 'screen';
  /** Text as outlines, or as text in fonts that PDF carries along. */
  readonly text: 'outlines' | 'fonts';
  /** Of pictures. */
  readonly dpi: number;
}

/** A column of a journal. */
export const defaultExport: ExportOptions = {
  format: 'pdf',
  width: 8.6,
  height: 6.2,
  fontSize: 8,
  font: 'sans',
  heading: false,
  style: 'paper',
  text: 'fonts',
  dpi: 600,
};

/** What figures were saved as before there was a choice: for pictures that are copied, too. */
export const SCREEN_EXPORT: ExportOptions = {
  ...defaultExport,
  width: 16,
  height: 11,
  fontSize: 9,
  heading: true,
  style: 'screen',
  dpi: 300,
};

const INCH = 2.54;
const CSS_DPI = 96;
const pixels = (centimetres: number): number => Math.round((centimetres / INCH) * CSS_DPI);
const centimetres = (length: number): number => (length / CSS_DPI) * INCH;

/** What is drawn: a kind of figure, of what, and how it is looked at. */
export interface Drawn {
  readonly kind: FigureKind;
  readonly inputs: readonly FigureInput[];
  readonly view: Omit<FigureView, 'width' | 'height'>;
}

/** Settings of what is drawn, for the file's metadata. */
function settingsOf(inputs: readonly FigureInput[]): object {
  // called as they are called now: a name may have been changed since they were computed
  const experiments: Experiment[] = inputs.map((input) => ({ ...input.results.experiment, name: inputLabel(input) }));
  return { format: 'sgdlab-study', version: 1, name: '', notes: '', experiments };
}

const viewFor = ({ view }: Drawn, options: ExportOptions): FigureView => ({
  ...defaultView,
  ...view,
  width: pixels(options.width),
  height: pixels(options.height),
  theme: options.style === 'paper' ? 'paper' : 'light',
  heading: options.heading,
  legend: true,
  grow: true,
  fontSize: (options.fontSize / 72) * CSS_DPI,
  fontFamily: FAMILIES[options.font],
});

const built = (drawn: Drawn, options: ExportOptions): Figure => drawn.kind.build(drawn.inputs, viewFor(drawn, options));

/** The drawing with its text as text. */
export function plainSvg(drawn: Drawn, options: ExportOptions): { readonly svg: string; readonly figure: Figure } {
  const figure = built(drawn, options);
  const svg = svgDocument(init, figure, {
    background: '#ffffff',
    settings: settingsOf(drawn.inputs),
    centimetres: true,
  });
  return { svg, figure };
}

export interface ExportedFigure {
  readonly bytes: Uint8Array;
  /** Texts that could not be made outlines and are text. */
  readonly kept: readonly string[];
}

/** @throws Error if the fonts cannot be loaded, or main cannot print. */
export async function exportFigure(drawn: Drawn, options: ExportOptions): Promise<ExportedFigure> {
  if (options.format === 'png') return { bytes: await pngOf(drawn, options), kept: [] };
  const { svg, figure } = plainSvg(drawn, options);
  const { svg: written, kept } =
    options.text === 'outlines' ? outlined(svg, await facesOf(options.font)) : { svg, kept: [] };
  if (options.format === 'svg') return { bytes: new TextEncoder().encode(written), kept };
  return { bytes: await pdfOf(written, figure, options), kept };
}

async function pdfOf(svg: string, figure: Figure, { font }: ExportOptions): Promise<Uint8Array> {
  const [width, height] = [centimetres(figure.width), centimetres(figure.height)];
  const style = `@page{size:${width}cm ${height}cm;margin:0}html,body{margin:0;overflow:hidden}svg{display:block}`;
  const title = /<title>(.*?)<\/title>/s.exec(svg)?.[1] ?? '';
  const fonts = svg.includes('<text') ? await fontRules(font) : '';
  const head = `<!doctype html><meta charset="utf-8"><title>${title}</title><style>${style}\n${fonts}</style>`;
  // metadata are of the SVG alone: as HTML they would be text on the page
  const body = svg.replace(/<metadata>.*?<\/metadata>/s, '');
  const answer = await answered(lab().printPdf({ html: `${head}${body}`, width, height }));
  if (!answer.ok) throw new Error(refusalText(answer.refusals));
  return answer.value;
}

async function pngOf(drawn: Drawn, options: ExportOptions): Promise<Uint8Array> {
  await installFonts(options.font);
  const { option, width, height } = built(drawn, options);
  const ratio = options.dpi / CSS_DPI;
  const chart = init(document.createElement('div'), null, {
    renderer: 'canvas',
    devicePixelRatio: ratio,
    width,
    height,
  });
  try {
    chart.setOption({ ...option, animation: false });
    const url = chart.getDataURL({ type: 'png', pixelRatio: ratio, backgroundColor: '#ffffff' });
    const bytes = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0));
    const sized = withPixelsPerMetre(bytes, (options.dpi / INCH) * 100);
    return withPngText(sized, 'sgdlab-study', JSON.stringify(settingsOf(drawn.inputs)));
  } finally {
    chart.dispose();
  }
}

export interface NamedBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The numbers of a figure exactly as it is shown, as CSV and for NumPy, and the program that draws them. */
export function figureData({ kind, inputs, view }: Drawn): NamedBytes[] {
  const shown: FigureView = { ...defaultView, ...view, width: 640, height: 440, theme: 'light' };
  const figure = kind.build(inputs, shown);
  return [
    { path: 'figure.npz', bytes: figureNpz(figure, shown) },
    { path: 'figure.csv', bytes: new TextEncoder().encode(tableCsv(figure.table)) },
    { path: 'load.py', bytes: loadScript() },
  ];
}
