/**
 * Curves belong to what they are of, not to the experiment that asked for them: a study has a curve of one key once,
 * whichever of its experiments have that description. What an experiment was last run as stands beside it, so that
 * results of before an edit can be shown. Everything stored so far is of version 1 of the results, and stays so.
 */
import { z } from 'zod';
import { parseJson } from '../../../core/description/json.ts';
import { lineNames } from '../lineage.ts';
import { type Migration } from '../migrate.ts';

export const identity: Migration = {
  version: 4,
  name: 'identity',
  rebuilds: ['curves', 'lineage', 'series'],
  sql: `
    CREATE TABLE lineage (
      study       TEXT NOT NULL REFERENCES studies ON DELETE CASCADE,
      line        TEXT NOT NULL,              -- of an experiment: lineage.ts
      description TEXT NOT NULL,              -- that it was run as; in descriptions, if a curve of it is stored
      ran         INTEGER NOT NULL,
      PRIMARY KEY (study, line, description)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO lineage SELECT study, experiment, description, max(stored) FROM curves
      WHERE study IN (SELECT id FROM studies) GROUP BY study, experiment, description;
    CREATE TABLE curves_of_keys (
      id          INTEGER PRIMARY KEY,
      study       TEXT NOT NULL REFERENCES studies ON DELETE CASCADE,
      key         TEXT NOT NULL,              -- theory or simulation key of the description
      kind        TEXT NOT NULL,              -- a kind of theory curve, or simulation
      run         INTEGER NOT NULL,           -- -1 for theory
      description TEXT NOT NULL REFERENCES descriptions,
      status      TEXT NOT NULL,              -- of the outcome
      outcome     TEXT NOT NULL,              -- JSON
      report      TEXT NOT NULL,              -- JSON
      points      INTEGER NOT NULL,           -- rows stored; the others are NaN
      row_size    INTEGER NOT NULL,
      stored      INTEGER NOT NULL,
      damage      TEXT,                       -- why it is in quarantine
      UNIQUE (study, key, kind, run)
    ) STRICT;
    INSERT OR IGNORE INTO curves_of_keys
      SELECT id, study, key, kind, run, description, status, outcome, report, points, row_size, stored, damage
      FROM curves
      WHERE study IN (SELECT id FROM studies) AND description IN (SELECT hash FROM descriptions)
      ORDER BY damage IS NOT NULL, stored DESC;
    DELETE FROM series WHERE curve NOT IN (SELECT id FROM curves_of_keys);
    DROP TABLE curves;
    ALTER TABLE curves_of_keys RENAME TO curves;
    CREATE INDEX curves_description ON curves (description);`,
  // so far lines are ids: those of a sweep's experiments are named by their places on its axes
  convert(connection) {
    for (const { study, draft } of connection.all('SELECT study, draft FROM documents')) {
      const { sweep, experiments } = sweptPart(draft);
      const nameOf = lineNames(sweep);
      for (const experiment of experiments) {
        const line = nameOf(experiment);
        if (line === experiment.id) continue;
        connection.run('UPDATE OR IGNORE lineage SET line = ? WHERE study = ? AND line = ?', [
          line,
          String(study),
          experiment.id,
        ]);
      }
    }
  },
};

const documentSchema = z.object({
  sweep: z.unknown(),
  experiments: z.array(z.object({ id: z.string(), name: z.string().optional() })),
});

/** Of a document as it is stored; nothing of one that is damaged. */
function sweptPart(draft: unknown): z.infer<typeof documentSchema> {
  try {
    return documentSchema.parse(parseJson(String(draft)));
  } catch {
    return { sweep: undefined, experiments: [] };
  }
}
