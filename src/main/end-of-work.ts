/** Long work is seen from outside the window: progress in the task bar, and a notification at its end. */
import { type BrowserWindow, Notification } from 'electron';
import { type JobInfo } from '../api/types.ts';
import { type Texts } from '../text/texts.ts';

/** Work that ended sooner was waited for. */
const LONG_MS = 10_000;

export class EndOfWork {
  private readonly began = new Map<string, number>();

  /** @param nameOf the study of a job. */
  constructor(
    private readonly window: () => BrowserWindow | undefined,
    private readonly texts: () => Texts,
    private readonly nameOf: (studyId: string) => string,
  ) {}

  /** Takes what is told of a job. */
  heard({ id, studyId, state, fraction }: JobInfo): void {
    const window = this.window();
    if (state.kind !== 'finished') {
      if (!this.began.has(id)) this.began.set(id, Date.now());
      window?.setProgressBar(fraction);
      return;
    }
    const began = this.began.get(id) ?? Date.now();
    this.began.delete(id);
    if (this.began.size === 0) window?.setProgressBar(-1);
    const seen = window === undefined || window.isFocused();
    if (seen || state.status === 'cancelled' || Date.now() - began < LONG_MS || !Notification.isSupported()) return;
    const { say } = this.texts();
    const notice = new Notification({ title: this.nameOf(studyId), body: say(`job.ended.${state.status}`) });
    notice.on('click', () => {
      if (window.isMinimized()) window.restore();
      window.focus();
    });
    notice.show();
  }
}
