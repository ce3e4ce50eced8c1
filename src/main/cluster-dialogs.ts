/** Folders of clusters, chosen in the platform's dialogs. */
import { type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { type Answer, type ClusterFolder, type StudyId } from '../api/types.ts';
import { defaultRates } from '../study/estimate.ts';
import { fileName } from './file-name.ts';
import { chooseFolder } from './files.ts';
import { type Laboratory } from './laboratory.ts';
import { refusedBy } from './refused.ts';

/** Plans what is missing of a study in a folder of its name; null if the dialog was cancelled. */
export async function planCluster(
  lab: Laboratory,
  window: BrowserWindow,
  id: StudyId,
): Promise<Answer<ClusterFolder> | null> {
  const exportable = lab.library.exportable(id);
  if (!exportable.ok) return exportable;
  const parent = await chooseFolder(window);
  if (parent === null) return null;
  const folder = join(parent, `${fileName(exportable.value.study.name)}-cluster`);
  const rates = async () => {
    if (!lab.runner.rates) await lab.measureRates();
    return lab.runner.rates ?? defaultRates;
  };
  try {
    return { ok: true, value: await lab.clusters.plan(id, folder, rates) };
  } catch (error) {
    return refusedBy(error, folder);
  }
}

/** Watches a folder that is there; null if the dialog was cancelled. */
export async function watchCluster(
  lab: Laboratory,
  window: BrowserWindow,
  id: StudyId,
): Promise<Answer<ClusterFolder> | null> {
  const folder = await chooseFolder(window);
  if (folder === null) return null;
  try {
    return { ok: true, value: lab.clusters.watch(id, folder) };
  } catch (error) {
    return refusedBy(error, folder);
  }
}
