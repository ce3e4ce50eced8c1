/** ECharts by parts: what the figures use, nothing else. */
import { CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AxisPointerComponent,
  GraphicComponent,
  GridComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { graphic, init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { registerCurveShape } from '../../figures/index.ts';

use([
  LineChart,
  ScatterChart,
  CustomChart,
  HeatmapChart,
  GridComponent,
  TooltipComponent,
  AxisPointerComponent,
  GraphicComponent,
  VisualMapComponent,
  CanvasRenderer,
  SVGRenderer,
]);
registerCurveShape(graphic);

export { init };
