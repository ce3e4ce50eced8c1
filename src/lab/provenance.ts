/** Where results come from: carried by every curve, written into every archive, shown in every report. */
import { version } from '../../package.json';
import { type Origin } from '../study/experiment-results.ts';

/** Origin of what this process computed between two times. */
export function originOf(started: Date, ended: Date): Origin {
  const { node, v8, electron } = process.versions;
  return {
    app: version,
    versions: { node, v8, ...(electron && { electron }) },
    platform: `${process.platform}-${process.arch}`,
    started: started.toISOString(),
    ended: ended.toISOString(),
  };
}
