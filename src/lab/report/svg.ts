/** A figure as a standalone SVG document, drawn by ECharts without a DOM. */
import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GraphicComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Figure } from '../../core/figures/index.ts';

use([CustomChart, LineChart, ScatterChart, GraphicComponent, GridComponent, TooltipComponent, SVGRenderer]);

export function renderFigureSvg(figure: Figure): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: figure.width, height: figure.height });
  try {
    chart.setOption(figure.option);
    return chart.renderToSVGString();
  } finally {
    // an undisposed chart keeps Node alive
    chart.dispose();
  }
}
