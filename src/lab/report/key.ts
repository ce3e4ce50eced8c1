/** The key of an experiment beside its name: a piece of its line with its marker, as in the legends of figures. */
import { markerPath, type SeriesStyle } from '../../figures/index.ts';

export function keySvg({ color, marker, dash }: SeriesStyle): string {
  const stroke = `stroke="${color}" stroke-width="1.8"`;
  return `<svg class="key" width="24" height="12" aria-hidden="true"><path d="M0 6H24" fill="none" ${stroke} stroke-dasharray="${dash.join(' ')}"/><path d="${markerPath(marker, 12, 6, 3.4)}" fill="#ffffff" ${stroke}/></svg>`;
}
