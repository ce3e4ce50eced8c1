/** Reports: every figure drawn without a screen, from the same functions as the page's. */
export { renderFigureSvg } from './svg.ts';
export { renderReport } from './report.ts';
