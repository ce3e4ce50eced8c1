/** What the page does for each of its commands (api/page-commands.ts), and whether it can now. */
import { computed, type ComputedRef } from 'vue';
import { keysOf, pageCommands, type PageCommandName } from '../api/page-commands.ts';
import { FIRST, SHORTCUTS } from './help/pages.ts';
import { useStudyFolder } from './charts/study-folder.ts';
import { focusPane } from './panes.ts';
import { useWorkbench } from './workbench.ts';
import { t } from './i18n/index.ts';
import { useCluster } from './stores/cluster.ts';
import { useJobs } from './stores/jobs.ts';
import { useSettings } from './stores/settings.ts';
import { useShell, type Screen } from './stores/shell.ts';
import { useStudy } from './stores/study.ts';
import { useSweepView } from './stores/sweep.ts';
import { type Tab, useView } from './stores/view.ts';

/** Something that can be done from the keyboard or the palette. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** For example `Mod+Shift+Z`; Mod is Ctrl, or ⌘ on a Mac. */
  readonly keys?: string;
  readonly enabled: boolean;
  run(): void;
}

interface Action {
  run(): unknown;
  readonly enabled: boolean;
}

const does = (run: () => unknown, enabled = true): Action => ({ run, enabled });

/** One for every command of the table: one that is missing does not compile. */
type Actions = Readonly<Record<PageCommandName, Action>>;

/** The commands of the page as they are now. */
export function useCommands(): ComputedRef<readonly Command[]> {
  const actions = useActions();
  return computed(() =>
    (Object.keys(pageCommands) as PageCommandName[]).map((id) => {
      const { enabled, run } = actions.value[id];
      return { id, label: t(`command.${id}`), keys: keysOf(id), enabled, run: () => void run() };
    }),
  );
}

function useActions(): ComputedRef<Actions> {
  const shell = useShell();
  const study = useStudy();
  const view = useView();
  const jobs = useJobs();
  const settings = useSettings();
  const cluster = useCluster();
  const bench = useWorkbench();
  const sweepView = useSweepView();
  const saveFolder = useStudyFolder();

  return computed(() => {
    const inStudy = study.state.kind === 'open';
    const id = study.id;
    const job = id === null ? undefined : jobs.ofStudy(id);
    const selected = inStudy ? view.selected : null;
    const inCompare = shell.screen.kind === 'compare';
    const inFigures = inStudy || inCompare;
    const tab = (name: Tab) => {
      const has = inCompare ? ['results', 'table'].includes(name) : name !== 'sweep' || study.draft.sweep !== undefined;
      return does(() => (view.tab = name), inFigures && has);
    };
    return {
      palette: does(() => (shell.dialog = 'palette')),
      new: does(bench.createStudy),
      import: does(() => bench.importFiles(null)),
      library: does(bench.showLibrary, shell.screen.kind !== 'library'),
      compare: does(bench.showComparison, shell.screen.kind !== 'compare'),
      search: does(() => bench.focusSearch(), shell.screen.kind === 'library'),
      settings: does(() => (shell.dialog = 'settings')),
      help: does(() => shell.showHelp(helpOf(shell.screen.kind, view.tab))),
      shortcuts: does(() => shell.showHelp(SHORTCUTS)),
      about: does(() => (shell.dialog = 'about')),
      themeLight: does(() => settings.change({ theme: 'light' })),
      themeDark: does(() => settings.change({ theme: 'dark' })),
      themeSystem: does(() => settings.change({ theme: 'system' })),
      run: does(bench.runChanged, inStudy && bench.runnable.value.length > 0 && !job),
      runSelected: does(bench.runSelected, selected !== null && !job),
      pause: does(bench.togglePause, job !== undefined),
      cancel: does(bench.cancel, job !== undefined),
      undo: does(study.undo, inStudy && study.canUndo),
      redo: does(study.redo, inStudy && study.canRedo),
      addExperiment: does(bench.addExperiment, inStudy),
      duplicateExperiment: does(() => bench.duplicateExperiment(selected), selected !== null),
      deleteExperiment: does(() => bench.deleteExperiment(selected), selected !== null),
      next: does(() => bench.selectBy(1), inStudy),
      previous: does(() => bench.selectBy(-1), inStudy),
      overlay: does(() => selected !== null && view.toggleOverlay(selected), selected !== null),
      makeSweep: does(
        () => selected !== null && (sweepView.dialog = { kind: 'new', experimentId: selected }),
        selected !== null,
      ),
      compareSelected: does(
        () => selected !== null && id !== null && bench.compareDragged([{ study: id, experiment: selected }]),
        selected !== null,
      ),
      overlayAll: does(bench.overlayAll, inStudy),
      'tab.results': tab('results'),
      'tab.model': tab('model'),
      'tab.table': tab('table'),
      'tab.notes': tab('notes'),
      'tab.sweep': tab('sweep'),
      timeLog: does(() => (view.timeLog = !view.timeLog), inFigures),
      valueLog: does(() => (view.valueLog = !view.valueLog), inFigures),
      singleRuns: does(() => (view.singleRuns = !view.singleRuns), inFigures),
      zoomReset: does(() => view.resetZoom(), view.zoomed),
      nextPane: does(() => focusPane(1)),
      previousPane: does(() => focusPane(-1)),
      rail: does(() => (shell.railHidden = !shell.railHidden), inStudy),
      inspector: does(() => (shell.inspectorHidden = !shell.inspectorHidden), inStudy),
      export: does(() => bench.exportStudy('sgdlab'), inStudy),
      exportJson: does(() => bench.exportStudy('json'), inStudy),
      exportCsv: does(() => bench.exportStudy('csv'), inStudy),
      exportHtml: does(() => bench.exportStudy('html'), inStudy),
      exportPdf: does(() => bench.exportStudy('pdf'), inStudy),
      exportFolder: does(saveFolder, inStudy),
      planCluster: does(cluster.plan, inStudy),
      watchCluster: does(cluster.look, inStudy),
    };
  });
}

/** The page of the help about what is looked at. */
function helpOf(screen: Screen['kind'], tab: Tab): string {
  const ofTab: Readonly<Record<Tab, string>> = {
    results: 'guide/figures',
    table: 'guide/figures',
    model: 'guide/experiments',
    notes: 'guide/notes-and-export',
    sweep: 'guide/compare-and-sweep',
  };
  if (screen === 'study') return ofTab[tab];
  return screen === 'compare' ? 'guide/compare-and-sweep' : FIRST;
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

/** The keys of a command of the page, as they are written. */
export const shownKeysOf = (name: PageCommandName): string => shownKeys(keysOf(name) ?? '');
