/** Bytes that the page made, to a place that the user chooses. */
import { t } from '../i18n/index.ts';
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
    else toasts.studyTrouble(answer.refusals.map(refusalLine).join('\n'));
  });
