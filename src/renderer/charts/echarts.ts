/** ECharts by parts: what the figures use, nothing else. */
import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import { graphic, init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { registerCurveShape } from '../../figures/index.ts';

use([LineChart, ScatterChart, CustomChart, GridComponent, GraphicComponent, CanvasRenderer, SVGRenderer]);
registerCurveShape(graphic);

export { init };
