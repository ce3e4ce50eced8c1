/**
 * The commands that a user gives the page, each once, with its keys: for the page, its palette and list of shortcuts, and
 * the native menu. The sentence of a command is `command.NAME`; what it does is in src/renderer/commands.ts.
 */

export interface PageCommand {
  /** For example `Mod+Shift+Z`; Mod is Ctrl, or ⌘ on a Mac. */
  readonly keys?: string;
}

export const pageCommands = {
  palette: { keys: 'Mod+K' },
  new: { keys: 'Mod+N' },
  import: { keys: 'Mod+O' },
  library: { keys: 'Mod+L' },
  compare: { keys: 'Mod+Shift+C' },
  search: { keys: 'Mod+F' },
  settings: { keys: 'Mod+,' },
  help: { keys: 'F1' },
  shortcuts: { keys: 'Mod+/' },
  about: {},
  themeLight: {},
  themeDark: {},
  themeSystem: {},
  run: { keys: 'Mod+Enter' },
  runSelected: { keys: 'Mod+Shift+Enter' },
  pause: { keys: 'Mod+Shift+P' },
  cancel: { keys: 'Mod+.' },
  undo: { keys: 'Mod+Z' },
  redo: { keys: 'Mod+Shift+Z' },
  addExperiment: { keys: 'Mod+E' },
  duplicateExperiment: { keys: 'Mod+D' },
  deleteExperiment: { keys: 'Mod+Backspace' },
  next: { keys: 'Alt+ArrowDown' },
  previous: { keys: 'Alt+ArrowUp' },
  overlay: { keys: 'Mod+B' },
  makeSweep: {},
  compareSelected: { keys: 'Mod+Shift+B' },
  overlayAll: { keys: 'Mod+Shift+A' },
  'tab.results': { keys: 'Mod+1' },
  'tab.model': { keys: 'Mod+2' },
  'tab.table': { keys: 'Mod+3' },
  'tab.notes': { keys: 'Mod+4' },
  'tab.sweep': { keys: 'Mod+5' },
  timeLog: { keys: 'Alt+T' },
  valueLog: { keys: 'Alt+V' },
  singleRuns: { keys: 'Alt+R' },
  zoomReset: { keys: 'Alt+0' },
  nextPane: { keys: 'F6' },
  previousPane: { keys: 'Shift+F6' },
  rail: { keys: 'Alt+1' },
  inspector: { keys: 'Alt+2' },
  export: { keys: 'Mod+S' },
  exportJson: {},
  exportCsv: {},
  exportHtml: {},
  exportPdf: {},
  exportFolder: {},
  planCluster: {},
  watchCluster: {},
} as const satisfies Readonly<Record<string, PageCommand>>;

export type PageCommandName = keyof typeof pageCommands;

/** The keys of a command; undefined if it has none. */
export const keysOf = (name: PageCommandName): string | undefined => (pageCommands[name] as PageCommand).keys;
