import { xmlText } from '../../figures/xml.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, SVG and their quoted attributes. What XML forbids is replaced. */
export function escapeHtml(text: string): string {
  return xmlText(text.replace(/[&<>"']/g, (character) => ENTITIES[character]));
}
