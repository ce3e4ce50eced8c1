/** The native menu. Its commands go to the page, which also has them in its palette. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { type LabEvents } from '../api/events.ts';

type MenuCommand = LabEvents['menu']['command'];

/** Installs the menu. */
export function installMenu(give: (command: MenuCommand) => void): void {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
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
        item('New study', 'new', 'CmdOrCtrl+N'),
        item('Import…', 'import', 'CmdOrCtrl+O'),
        item('Export…', 'export', 'CmdOrCtrl+S'),
        { type: 'separator' },
        item('Library', 'library', 'CmdOrCtrl+L'),
        item('Settings…', 'settings', 'CmdOrCtrl+,'),
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        item('Undo', 'undo', 'CmdOrCtrl+Z'),
        item('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    { label: 'Study', submenu: [item('Run', 'run', 'CmdOrCtrl+Enter'), item('Commands…', 'palette', 'CmdOrCtrl+K')] },
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
