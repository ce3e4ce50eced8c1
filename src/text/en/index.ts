/** All English sentences: a new table is an import and a line here and in ../ja. */
import { type Translation } from '../table.ts';
import { cluster } from './cluster.ts';
import { editor } from './editor.ts';
import { figures } from './figures.ts';
import { menu } from './menu.ts';
import { dialogs } from './dialogs.ts';
import { report } from './report.ts';
import { page } from './page.ts';
import { presets } from './presets.ts';
import { saving } from './saving.ts';
import { sweep } from './sweep.ts';
import { warnings } from './warnings.ts';

export const en = {
  ...page,
  ...cluster,
  ...report,
  ...dialogs,
  ...menu,
  ...figures,
  ...editor,
  ...presets,
  ...saving,
  ...sweep,
  ...warnings,
};

export type MessageKey = keyof typeof en;
export type Messages = Translation<typeof en>;
