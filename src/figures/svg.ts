/** A figure as a standalone SVG document that every program reads: the one path of the report and of exports. */
import type { init } from 'echarts/core';
import { type Figure } from './figure.ts';
import { escapeXml, xmlText } from './xml.ts';

export interface SvgOptions {
  /** Prefix of the ids inside, for documents with several figures; a word. */
  readonly id?: string;
  /** Colour behind the figure; transparent without. */
  readonly background?: string;
  /** Whether its size is written in centimetres, at 96 pixels an inch: programs for print take them at their word. */
  readonly centimetres?: boolean;
  /** What the figure was computed from: written into the document's <metadata> as JSON. */
  readonly settings?: unknown;
}

/**
 * A figure as an SVG document of its own size, drawn without a DOM. The same figure gives the same text.
 * @param start of an ECharts that has the SVG renderer, the parts that figures use and their curve shape.
 * @returns text that is safe inside HTML, too: names are escaped, there are no scripts.
 */
export function svgDocument(
  start: typeof init,
  figure: Figure,
  { id = 'figure', background, settings, centimetres = false }: SvgOptions = {},
): string {
  const chart = start(null, null, { renderer: 'svg', ssr: true, width: figure.width, height: figure.height });
  try {
    chart.setOption({ ...figure.option, animation: false });
    const svg = complete(portable(xmlText(chart.renderToSVGString()), id), figure, background, settings);
    return centimetres ? inCentimetres(svg, figure) : svg;
  } finally {
    // an undisposed chart keeps Node alive
    chart.dispose();
  }
}

/**
 * The SVG as other programs want it. Quotes and angle brackets in text are escaped, so that these patterns meet markup
 * alone.
 */
function portable(svg: string, id: string): string {
  return (
    svg
      // Inkscape, librsvg and converters to PDF know no dominant-baseline: it is written as a shift
      .replaceAll(' dominant-baseline="central"', ' dy="0.35em"')
      // attributes instead of a style: a page whose policy allows no inline styles shows the picture as it is
      .replace(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
      // what is for the mouse only
      .replace(/<style >.*?<\/style>/gs, '')
      .replace(/ (?:class="zr[^"]*"|ecmeta_\w+="[^"]*"|pointer-events="visible")/g, '')
      // ids count the charts of this process: the same figure shall be the same text
      .replace(/(id="|url\(#)zr\d+-/g, `$1${id}-`)
  );
}

/** ` font-size="12px"` of `font-size:12px;`. Values may hold escaped quotation marks, whose semicolons end nothing. */
const attributesOf = (style: string): string =>
  style
    .split(/;(?=\s*[\w-]+\s*:|\s*$)/)
    .map((each) => /^\s*([\w-]+)\s*:\s*(.*?)\s*$/s.exec(each))
    .map((found) => (found ? ` ${found[1]}="${found[2]}"` : ''))
    .join('');

function inCentimetres(svg: string, { width, height }: Figure): string {
  const [across, down] = [width, height].map((pixels) => `${((pixels / 96) * 2.54).toFixed(4)}cm`);
  return svg.replace(/<svg([^>]*?) width="\d+" height="\d+"/, `<svg$1 width="${across}" height="${down}"`);
}

/** Title for readers and screen readers, the settings, the background. */
function complete(svg: string, figure: Figure, background: string | undefined, settings: unknown): string {
  const head = [
    `<title>${escapeXml(figure.title)}</title>`,
    `<desc>${escapeXml([figure.subtitle, ...figure.notes].join(' '))}</desc>`,
    ...(settings === undefined ? [] : [`<metadata>${escapeXml(JSON.stringify(settings))}</metadata>`]),
    ...(background ? [`<rect width="100%" height="100%" fill="${escapeXml(background)}"></rect>`] : []),
  ].join('\n');
  return svg.replace(/<svg[^>]*>/, (open) => `${open.replace(/^<svg/, '<svg role="img"')}\n${head}`);
}
