/** The native menu as data, in a language. */
import { type MenuItemConstructorOptions } from 'electron';
import { type LabEvents } from '../api/events.ts';
import { type Texts } from '../text/texts.ts';

export type MenuCommand = LabEvents['menu']['command'];

/** What the menu depends on beside the language. */
export interface MenuPlace {
  readonly platform: NodeJS.Platform;
  /** Whether this is the installed app: it has no tools for developers. */
  readonly packaged: boolean;
}

type Item = MenuItemConstructorOptions;
type Role = NonNullable<Item['role']>;

const separator: Item = { type: 'separator' };

/** Menus from left to right. Electron's own labels of roles are English, whatever the system: each has ours. */
export function menuTemplate(
  { say }: Texts,
  { platform, packaged }: MenuPlace,
  give: (command: MenuCommand) => void,
): Item[] {
  const item = (label: string, command: MenuCommand, accelerator?: string): Item => ({
    label,
    accelerator,
    // the page handles the keys itself, so that they work the same in its palette and fields
    registerAccelerator: false,
    click: () => give(command),
  });
  const role = (label: string, of: Role): Item => ({ label, role: of });
  const mac = platform === 'darwin';
  const about = item(say('menu.about'), 'about');
  const quit = role(say('menu.quit'), 'quit');
  const appMenu: Item = {
    label: 'SGD Dynamics Lab',
    submenu: [
      about,
      separator,
      role(say('menu.services'), 'services'),
      separator,
      role(say('menu.hide'), 'hide'),
      role(say('menu.hideOthers'), 'hideOthers'),
      role(say('menu.showAll'), 'unhide'),
      separator,
      quit,
    ],
  };
  return [
    ...(mac ? [appMenu] : []),
    {
      label: say('menu.file'),
      submenu: [
        item(say('menu.new'), 'new', 'CmdOrCtrl+N'),
        item(say('menu.import'), 'import', 'CmdOrCtrl+O'),
        item(say('menu.export'), 'export', 'CmdOrCtrl+S'),
        separator,
        item(say('menu.library'), 'library', 'CmdOrCtrl+L'),
        item(say('menu.settings'), 'settings', 'CmdOrCtrl+,'),
        separator,
        mac ? role(say('menu.close'), 'close') : quit,
      ],
    },
    {
      label: say('menu.edit'),
      submenu: [
        item(say('menu.undo'), 'undo', 'CmdOrCtrl+Z'),
        item(say('menu.redo'), 'redo', 'CmdOrCtrl+Shift+Z'),
        separator,
        role(say('menu.cut'), 'cut'),
        role(say('menu.copy'), 'copy'),
        role(say('menu.paste'), 'paste'),
        role(say('menu.selectAll'), 'selectAll'),
      ],
    },
    {
      label: say('menu.study'),
      submenu: [item(say('menu.run'), 'run', 'CmdOrCtrl+Enter'), item(say('menu.palette'), 'palette', 'CmdOrCtrl+K')],
    },
    {
      label: say('menu.view'),
      submenu: [
        role(say('menu.resetZoom'), 'resetZoom'),
        role(say('menu.zoomIn'), 'zoomIn'),
        role(say('menu.zoomOut'), 'zoomOut'),
        separator,
        role(say('menu.fullScreen'), 'togglefullscreen'),
        ...(packaged ? [] : [role(say('menu.devTools'), 'toggleDevTools')]),
      ],
    },
    { label: say('menu.help'), submenu: [about] },
  ];
}
