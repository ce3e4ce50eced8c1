/** All Japanese sentences. */
import { type Messages } from '../en/index.ts';
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

export const ja: Messages = {
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
