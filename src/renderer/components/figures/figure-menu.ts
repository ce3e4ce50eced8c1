/** What can be done with a figure: files of the drawing and of the numbers behind it. */
import { Copy, Download, EyeOff, FileSpreadsheet } from '@lucide/vue';
import { type Figure, type FigureInput, type FigureKind, type FigureView } from '../../../figures/index.ts';
import { figurePng, figureSvg } from '../../charts/export.ts';
import { tableCsv } from '../../../figures/files/csv.ts';
import { attempt, saveBytes } from '../../charts/save.ts';
import { copyText } from '../../clipboard.ts';
import { t } from '../../i18n/index.ts';
import { useToasts } from '../../stores/toasts.ts';
import { useView } from '../../stores/view.ts';
import { type MenuEntry } from '../shell/menu.ts';

export interface MenuOf {
  readonly kind: FigureKind;
  readonly inputs: readonly FigureInput[];
  readonly view: FigureView;
  readonly figure: Figure;
  readonly title: string;
  /** Kinds of figures that there are, where they can be chosen and moved. */
  readonly kinds: readonly string[];
}

export function figureMenu({ kind, inputs, view, figure, title, kinds }: MenuOf): readonly MenuEntry[] {
  const toasts = useToasts();
  const shared = useView();
  const name =
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || kind.kind;

  const save = (extension: string, bytes: () => Uint8Array) => saveBytes(`${name}.${extension}`, bytes());

  const copy = () =>
    attempt(async () => {
      copyText(tableCsv(figure.table));
      toasts.show({ tone: 'good', text: t('toast.copied') });
    });

  const hide: MenuEntry[] = [
    { kind: 'separator' },
    { kind: 'action', label: t('chart.hide'), icon: EyeOff, run: () => shared.toggleFigure(kind.kind, kinds) },
  ];

  return [
    {
      kind: 'action',
      label: t('chart.saveSvg'),
      icon: Download,
      run: () => void save('svg', () => figureSvg(kind, inputs, view)),
    },
    {
      kind: 'action',
      label: t('chart.savePng'),
      icon: Download,
      run: () => void save('png', () => figurePng(kind, inputs, view)),
    },
    { kind: 'separator' },
    { kind: 'action', label: t('chart.copyCsv'), icon: Copy, run: () => void copy() },
    {
      kind: 'action',
      label: t('chart.saveCsv'),
      icon: FileSpreadsheet,
      run: () => void save('csv', () => new TextEncoder().encode(tableCsv(figure.table))),
    },
    // figures of a sweep are chosen by its own controls
    ...(kinds.length === 0 ? [] : hide),
  ];
}
