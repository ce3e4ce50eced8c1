/** ECharts for figures that are drawn without a screen. */
import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import { graphic, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { registerCurveShape, type Figure } from '../../figures/index.ts';
import { svgDocument, type SvgOptions } from '../../figures/svg.ts';

use([CustomChart, LineChart, ScatterChart, GraphicComponent, GridComponent, SVGRenderer]);
registerCurveShape(graphic);

/** A figure as an SVG document (svgDocument). */
export const renderFigureSvg = (figure: Figure, options?: SvgOptions): string => svgDocument(init, figure, options);
