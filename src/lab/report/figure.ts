/** A figure with its caption and remarks in HTML. */
import { type Figure } from '../../figures/index.ts';
import { escapeHtml } from './escape.ts';
import { renderFigureSvg } from './svg.ts';

/** @param id prefix of the ids inside, unique in the document. */
export function figureHtml(figure: Figure, id: string): string {
  const remarks = figure.notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('');
  return `<figure>
<figcaption><b>${escapeHtml(figure.title)}</b>${escapeHtml(figure.subtitle)}</figcaption>
${renderFigureSvg(figure, { id })}
<div class="remarks">${remarks}</div>
</figure>`;
}
