/** The native menu as data, in a language. */
import { type MenuItemConstructorOptions } from 'electron';
import { keysOf, type PageCommandName } from '../api/page-commands.ts';
import { type Texts } from '../text/texts.ts';

/** What the menu depends on beside the language. */
export interface MenuPlace {
  readonly platform: NodeJS.Platform;
  /** Whether this is the installed app: it has no tools for developers. */
  readonly packaged: boolean;
  /** Paths of files that were imported of late, youngest first. */
  readonly recent: readonly string[];
}

/** What the menu does. */
export interface MenuActions {
  give(command: PageCommandName): void;
  open(path: string): void;
}

type Item = MenuItemConstructorOptions;
type Role = NonNullable<Item['role']>;

const separator: Item = { type: 'separator' };

/** Menus from left to right. Electron's own labels of roles are English, whatever the system: each has ours. */
export function menuTemplate(
  { say }: Texts,
  { platform, packaged, recent }: MenuPlace,
  { give, open }: MenuActions,
): Item[] {
  const item = (label: string, command: PageCommandName): Item => ({
    label,
    accelerator: keysOf(command)?.replace('Mod', 'CmdOrCtrl'),
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
        item(say('menu.new'), 'new'),
        item(say('menu.import'), 'import'),
        {
          label: say('menu.openRecent'),
          submenu:
            recent.length === 0
              ? [{ label: say('menu.noRecent'), enabled: false }]
              : // an ampersand would underline the letter behind it
                recent.map((path) => ({ label: path.replaceAll('&', '&&'), click: () => open(path) })),
        },
        item(say('menu.export'), 'export'),
        separator,
        item(say('menu.library'), 'library'),
        item(say('menu.settings'), 'settings'),
        separator,
        mac ? role(say('menu.close'), 'close') : quit,
      ],
    },
    {
      label: say('menu.edit'),
      submenu: [
        item(say('menu.undo'), 'undo'),
        item(say('menu.redo'), 'redo'),
        separator,
        role(say('menu.cut'), 'cut'),
        role(say('menu.copy'), 'copy'),
        role(say('menu.paste'), 'paste'),
        role(say('menu.selectAll'), 'selectAll'),
      ],
    },
    {
      label: say('menu.study'),
      submenu: [item(say('menu.run'), 'run'), item(say('menu.palette'), 'palette')],
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
    {
      label: say('menu.help'),
      submenu: [item(say('menu.guide'), 'help'), item(say('menu.shortcuts'), 'shortcuts'), separator, about],
    },
  ];
}
