/** Everything that can be done from the keyboard: one list for shortcuts, the palette, the native menu and buttons. */
import { computed, type ComputedRef } from 'vue';
import { useWorkbench } from './workbench.ts';
import { t, type MessageKey } from './i18n/index.ts';
import { useJobs } from './stores/jobs.ts';
import { useSettings } from './stores/settings.ts';
import { useShell } from './stores/shell.ts';
import { useStudy } from './stores/study.ts';
import { useSweepView } from './stores/sweep.ts';
import { TABS, useView } from './stores/view.ts';

export interface Command {
  readonly id: string;
  readonly label: string;
  /** For example `Mod+Shift+Z`; Mod is Ctrl, or ⌘ on a Mac. */
  readonly keys?: string;
  readonly enabled: boolean;
  run(): void;
}

const command = (id: string, label: MessageKey, run: () => unknown, keys?: string, enabled = true): Command => ({
  id,
  label: t(label),
  keys,
  enabled,
  run: () => void run(),
});

export function useCommands(): ComputedRef<readonly Command[]> {
  const shell = useShell();
  const study = useStudy();
  const view = useView();
  const jobs = useJobs();
  const settings = useSettings();
  const bench = useWorkbench();
  const sweepView = useSweepView();

  return computed(() => {
    const inStudy = study.state.kind === 'open';
    const id = study.id;
    const job = id === null ? undefined : jobs.ofStudy(id);
    const selected = inStudy ? view.selected : null;
    const list: Command[] = [
      command('palette', 'command.palette', () => (shell.dialog = 'palette'), 'Mod+K'),
      command('new', 'command.new', bench.createStudy, 'Mod+N'),
      command('import', 'command.import', () => bench.importFiles(null), 'Mod+O'),
      command('library', 'command.library', bench.showLibrary, 'Mod+L', shell.screen.kind !== 'library'),
      command('search', 'command.search', () => bench.focusSearch(), 'Mod+F', shell.screen.kind === 'library'),
      command('settings', 'command.settings', () => (shell.dialog = 'settings'), 'Mod+,'),
      command('shortcuts', 'command.shortcuts', () => (shell.dialog = 'shortcuts'), 'F1'),
      command('about', 'command.about', () => (shell.dialog = 'about')),
      command('theme-light', 'command.themeLight', () => settings.change({ theme: 'light' })),
      command('theme-dark', 'command.themeDark', () => settings.change({ theme: 'dark' })),
      command('theme-system', 'command.themeSystem', () => settings.change({ theme: 'system' })),
      command('run', 'command.run', bench.runChanged, 'Mod+Enter', inStudy && bench.runnable.value.length > 0 && !job),
      command('run-selected', 'command.runSelected', bench.runSelected, 'Mod+Shift+Enter', selected !== null && !job),
      command('pause', 'command.pause', bench.togglePause, 'Mod+Shift+P', job !== undefined),
      command('cancel', 'command.cancel', bench.cancel, 'Mod+.', job !== undefined),
      command('undo', 'command.undo', study.undo, 'Mod+Z', inStudy && study.canUndo),
      command('redo', 'command.redo', study.redo, 'Mod+Shift+Z', inStudy && study.canRedo),
      command('add', 'command.addExperiment', bench.addExperiment, 'Mod+E', inStudy),
      command(
        'duplicate',
        'command.duplicateExperiment',
        () => bench.duplicateExperiment(selected),
        'Mod+D',
        selected !== null,
      ),
      command(
        'delete',
        'command.deleteExperiment',
        () => bench.deleteExperiment(selected),
        'Mod+Backspace',
        selected !== null,
      ),
      command('next', 'command.next', () => bench.selectBy(1), 'Alt+ArrowDown', inStudy),
      command('previous', 'command.previous', () => bench.selectBy(-1), 'Alt+ArrowUp', inStudy),
      command(
        'overlay',
        'command.overlay',
        () => selected !== null && view.toggleOverlay(selected),
        'Mod+B',
        selected !== null,
      ),
      command(
        'make-sweep',
        'command.makeSweep',
        () => selected !== null && (sweepView.dialog = { kind: 'new', experimentId: selected }),
        undefined,
        selected !== null,
      ),
      command('overlay-all', 'command.overlayAll', bench.overlayAll, 'Mod+Shift+A', inStudy),
      ...TABS.map((tab, k) =>
        command(
          `tab-${tab}`,
          `command.tab.${tab}`,
          () => (view.tab = tab),
          `Mod+${k + 1}`,
          inStudy && (tab !== 'sweep' || study.draft.sweep !== undefined),
        ),
      ),
      command('time-log', 'command.timeLog', () => (view.timeLog = !view.timeLog), 'Alt+T', inStudy),
      command('value-log', 'command.valueLog', () => (view.valueLog = !view.valueLog), 'Alt+V', inStudy),
      command('single-runs', 'command.singleRuns', () => (view.singleRuns = !view.singleRuns), 'Alt+R', inStudy),
      command('zoom-reset', 'command.zoomReset', () => (view.zoom = null), 'Mod+0', inStudy && view.zoom !== null),
      command('rail', 'command.rail', () => (shell.railHidden = !shell.railHidden), 'Alt+1', inStudy),
      command(
        'inspector',
        'command.inspector',
        () => (shell.inspectorHidden = !shell.inspectorHidden),
        'Alt+2',
        inStudy,
      ),
      command('export', 'command.export', () => bench.exportStudy('sgdlab'), 'Mod+S', inStudy),
      command('export-json', 'command.exportJson', () => bench.exportStudy('json'), undefined, inStudy),
      command('export-csv', 'command.exportCsv', () => bench.exportStudy('csv'), undefined, inStudy),
      command('export-html', 'command.exportHtml', () => bench.exportStudy('html'), undefined, inStudy),
    ];
    return list;
  });
}

const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

/** Whether a key event is that of a shortcut such as `Mod+Shift+Z`. */
export function matchesKeys(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts[parts.length - 1];
  const has = (name: string) => parts.slice(0, -1).includes(name);
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const other = isMac ? event.ctrlKey : event.metaKey;
  if (mod !== has('Mod') || other || event.altKey !== has('Alt') || event.shiftKey !== has('Shift')) return false;
  // with Alt a layout may give another character: the key's place counts for letters and digits
  return event.key.toLowerCase() === key.toLowerCase() || event.code === `Key${key}` || event.code === `Digit${key}`;
}

const NAMES: Readonly<Record<string, string>> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Alt: isMac ? '⌥' : 'Alt',
  Enter: '↵',
  Backspace: '⌫',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** A shortcut as it is written on keys: `Ctrl+Shift+Z`. */
export function shownKeys(keys: string): string {
  return keys
    .split('+')
    .map((part) => NAMES[part] ?? part)
    .join(isMac ? '' : '+');
}
