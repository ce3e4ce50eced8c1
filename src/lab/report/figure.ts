/** A figure with its caption and remarks in HTML. */
import { type Figure } from '../../figures/index.ts';
import { escapeXml } from '../../figures/xml.ts';
import { renderFigureSvg } from './svg.ts';

/** @param id prefix of the ids inside, unique in the document. */
export function figureHtml(figure: Figure, id: string): string {
  const remarks = figure.notes.map((note) => `<p>${escapeXml(note)}</p>`).join('');
  return `<figure>
<figcaption><b>${escapeXml(figure.title)}</b>${escapeXml(figure.subtitle)}</figcaption>
${renderFigureSvg(figure, { id })}
<div class="remarks">${remarks}</div>
</figure>`;
}
