/** What can be done with a figure: files of the drawing and of the numbers behind it, its place and its size. */
import {
  ArrowLeft,
  ArrowRight,
  Copy,
  Download,
  EyeOff,
  FileCode2,
  FileSpreadsheet,
  Image,
  RulerDimensionLine,
  Scaling,
} from '@lucide/vue';
import { type Figure, type FigureInput, type FigureKind, type FigureView } from '../../../figures/index.ts';
import { tableCsv } from '../../../figures/files/csv.ts';
import { exportFigure, figureData, plainSvg, SCREEN_EXPORT } from '../../charts/export.ts';
import { attempt, saveBytes, saveFilesAs } from '../../charts/save.ts';
import { copyPicture, copyText } from '../../clipboard.ts';
import { t } from '../../i18n/index.ts';
import { useExporting } from '../../stores/exporting.ts';
import { useShell } from '../../stores/shell.ts';
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

/** A title as a file's name. */
const fileNameOf = (title: string, fallback: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || fallback;

export function figureMenu({ kind, inputs, view, figure, title, kinds }: MenuOf): readonly MenuEntry[] {
  const toasts = useToasts();
  const shared = useView();
  const exporting = useExporting();
  const shell = useShell();
  const name = fileNameOf(title, kind.kind);
  const drawn = { kind, inputs, view };

  const copied = (action: () => Promise<void> | void) =>
    attempt(async () => {
      await action();
      toasts.show({ tone: 'good', text: t('toast.copied') });
    });
  const action = (label: string, icon: (MenuEntry & { kind: 'action' })['icon'], run: () => unknown): MenuEntry => ({
    kind: 'action',
    label,
    icon,
    run: () => void run(),
  });
  const shown = shared.ordered(kinds);
  const at = shown.indexOf(kind.kind);
  const place: MenuEntry[] =
    at < 0
      ? []
      : [
          { kind: 'separator' },
          action(t('chart.moveEarlier'), ArrowLeft, () => shared.moveFigure(kind.kind, shown[at - 1] ?? null, kinds)),
          action(t('chart.moveLater'), ArrowRight, () => shared.moveFigure(kind.kind, shown[at + 2] ?? null, kinds)),
          action(t(shared.wide.includes(kind.kind) ? 'chart.narrow' : 'chart.wide'), Scaling, () =>
            shared.toggleWide(kind.kind),
          ),
          action(t('chart.hide'), EyeOff, () => shared.toggleFigure(kind.kind, kinds)),
        ];
  const limits: MenuEntry[] =
    figure.up === figure.value
      ? [
          { kind: 'separator' },
          action(t('chart.limits'), RulerDimensionLine, () => (shell.limitsOf = { kind: kind.kind, figure, title })),
        ]
      : [];
  return [
    action(t('chart.export'), Download, () => exporting.open(drawn, name)),
    action(t('chart.copyPicture'), Image, () =>
      copied(async () => copyPicture((await exportFigure(drawn, { ...SCREEN_EXPORT, format: 'png' })).bytes)),
    ),
    action(t('chart.copySvg'), Image, () => copied(() => copyText(plainSvg(drawn, SCREEN_EXPORT).svg))),
    { kind: 'separator' },
    action(t('chart.copyCsv'), Copy, () => copied(() => copyText(tableCsv(figure.table)))),
    action(t('chart.saveCsv'), FileSpreadsheet, () =>
      saveBytes(`${name}.csv`, new TextEncoder().encode(tableCsv(figure.table))),
    ),
    action(t('chart.saveNumpy'), FileCode2, () => saveFilesAs(name, figureData(drawn))),
    ...limits,
    ...place,
  ];
}
