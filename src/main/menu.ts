/** The native menu. Its commands go to the page, which also has them in its palette. */
import { app, Menu } from 'electron';
import { type Texts } from '../text/texts.ts';
import { menuTemplate, type MenuActions } from './menu-template.ts';

/** Installs the menu, in the place of the one before it. */
export function installMenu(texts: Texts, recent: readonly string[], actions: MenuActions): void {
  const place = { platform: process.platform, packaged: app.isPackaged, recent };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(texts, place, actions)));
}
