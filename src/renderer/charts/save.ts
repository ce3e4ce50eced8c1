/** Bytes that the page made, to a place that the user chooses. */
import { type StudyId } from '../../api/types.ts';
import { t } from '../i18n/index.ts';
import { refusalText } from '../failure.ts';
import { refusalLine } from '../i18n/refusals.ts';
import { lab } from '../lab.ts';
import { useToasts } from '../stores/toasts.ts';

/** Does something with a figure; what goes wrong is said. */
export async function attempt(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    useToasts().studyTrouble(t('toast.notDone', { message: (error as Error).message }));
  }
}

/** Saves a file under a name that the user may change, and says where it is. */
export const saveBytes = (name: string, bytes: Uint8Array): Promise<void> =>
  attempt(async () => {
    const toasts = useToasts();
    const answer = await lab().saveFile({ name, bytes });
    if (answer === null) return;
    if (answer.ok) toasts.show({ tone: 'good', text: t('toast.savedTo', { path: answer.value }) });
    else toasts.studyTrouble(refusalText(answer.refusals));
  });

/** Saves files as a folder of their own, inside one that the user chooses; with a study, all that belongs to it. */
export const saveFilesAs = (
  name: string,
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  study: StudyId | null = null,
): Promise<void> =>
  attempt(async () => {
    const toasts = useToasts();
    const answer = await lab().saveFolder({
      name: name.slice(0, 200),
      study,
      files: files.map((file) => ({ ...file })),
    });
    if (answer === null) return;
    if (!answer.ok) return void toasts.studyTrouble(refusalText(answer.refusals));
    const { path, left } = answer.value;
    if (left.length === 0) toasts.show({ tone: 'good', text: t('toast.savedTo', { path }) });
    else toasts.studyTrouble([t('toast.savedInPart', { path }), ...left.slice(0, 5).map(refusalLine)].join('\n'));
  });
