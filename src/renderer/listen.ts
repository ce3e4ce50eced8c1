/** What the main process tells the page, handed to the stores. */
import { type LabApi } from '../api/commands.ts';
import { refusalLine } from './i18n/refusals.ts';
import { type EventListeners, type EventName } from '../api/events.ts';
import { type PageCommandName } from '../api/page-commands.ts';
import { lab } from './lab.ts';
import { useCluster } from './stores/cluster.ts';
import { useJobs } from './stores/jobs.ts';
import { useLibrary } from './stores/library.ts';
import { useResults } from './stores/results.ts';
import { useSettings } from './stores/settings.ts';
import { useStudy } from './stores/study.ts';
import { useToasts } from './stores/toasts.ts';
import { useView } from './stores/view.ts';
import { useWorkbench } from './workbench.ts';
import { t } from './i18n/index.ts';

/**
 * Starts listening.
 * @param command runs a command of the native menu, by its name.
 * @returns stops.
 */
export function listenToLab(command: (name: PageCommandName) => void): () => void {
  const cluster = useCluster();
  const jobs = useJobs();
  const library = useLibrary();
  const results = useResults();
  const settings = useSettings();
  const study = useStudy();
  const toasts = useToasts();
  const view = useView();
  const bench = useWorkbench();
  const api = lab();

  async function answerClosing(): Promise<void> {
    // said at once: the window does not wait for a page that has died
    void api.closing({ what: 'asking' });
    const left = await study.leave();
    await view.keep();
    await api.closing({ what: left ? 'leave' : 'stay' });
  }

  const listeners: EventListeners = {
    job(job) {
      jobs.update(job);
      if (job.state.kind !== 'finished' || job.studyId !== study.id) return;
      results.end();
      void study.refreshStatus();
      const { status, refusals } = job.state;
      // each diverged run is named above the figures; what failed otherwise is said here
      if (status === 'diverged') toasts.studyTrouble(t('job.diverged'));
      if (status === 'failed')
        toasts.studyTrouble([t('job.failed'), ...refusals.slice(0, 4).map(refusalLine)].join('\n'));
    },
    rows: (rows) => results.receive(rows),
    stored({ studyId, key }) {
      if (studyId !== study.id) return;
      results.stored(key);
      void study.refreshStatus();
    },
    library({ studyId }) {
      void library.refresh();
      if ((studyId === null || studyId === study.id) && study.saving.kind === 'saved') void study.reopen();
    },
    libraryFile(what) {
      if (what.kind === 'reread') toasts.show({ tone: 'info', text: t('libraryFile.reread', { path: what.path }) });
      else if (what.kind === 'overwritten')
        toasts.trouble(t('libraryFile.overwritten', { path: what.path, aside: what.aside }));
      else if (what.aside === null) toasts.trouble(t('libraryFile.restored', { path: what.path }));
      else toasts.trouble(t('libraryFile.replaced', { path: what.path, aside: what.aside }));
    },
    closing: () => void answerClosing(),
    show: ({ studyId }) => void bench.openStudy(studyId),
    menu: (event) => command(event.command),
    known: ({ path }) =>
      toasts.show({
        tone: 'info',
        text: t('toast.known', { path }),
        action: { label: t('action.importAgain'), run: () => void bench.importFiles([path], true) },
      }),
    cluster: ({ studyId, folder }) => cluster.update(studyId, folder),
    rates: (rates) => settings.measured(rates),
    trouble: ({ message }) => toasts.trouble(message),
  };
  const stops = (Object.keys(listeners) as EventName[]).map((name) => listen(api, name, listeners));
  return () => stops.forEach((stop) => stop());
}

const listen = <Name extends EventName>(api: LabApi, name: Name, listeners: EventListeners): (() => void) =>
  api.on(name, listeners[name]);
