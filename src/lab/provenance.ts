/** Where results come from: written into every archive, shown in every report. */
import { version } from '../../package.json';
import { type Provenance } from './archive/provenance.ts';

/** Provenance of results that this process computed between two times. */
export function provenance(started: Date, ended: Date): Provenance {
  const { node, v8, electron } = process.versions;
  return {
    app: version,
    versions: { node, v8, ...(electron && { electron }) },
    platform: `${process.platform}-${process.arch}`,
    started: started.toISOString(),
    ended: ended.toISOString(),
  };
}
