/** The native menu. Its commands go to the page, which also has them in its palette. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { keysOf, type PageCommandName } from '../api/page-commands.ts';

/** Installs the menu. */
export function installMenu(give: (command: PageCommandName) => void): void {
  const item = (label: string, command: PageCommandName): MenuItemConstructorOptions => ({
    label,
    accelerator: keysOf(command)?.replace('Mod', 'CmdOrCtrl'),
    // the page handles the keys itself, so that they work the same in its palette and fields
    registerAccelerator: false,
    click: () => give(command),
  });
  const mac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'File',
      submenu: [
        item('New study', 'new'),
        item('Import…', 'import'),
        item('Export…', 'export'),
        { type: 'separator' },
        item('Library', 'library'),
        item('Settings…', 'settings'),
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        item('Undo', 'undo'),
        item('Redo', 'redo'),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    { label: 'Study', submenu: [item('Run', 'run'), item('Commands…', 'palette')] },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
      ],
    },
    { label: 'Help', submenu: [item('About SGD Dynamics Lab', 'about')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
