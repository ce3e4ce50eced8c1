/** Studies: a small row for the list, and apart from it the document, so that neither hides the other if damaged. */
import { type Migration } from '../migrate.ts';

export const studies: Migration = {
  version: 1,
  name: 'studies',
  sql: `
    CREATE TABLE studies (
      id          TEXT PRIMARY KEY NOT NULL,
      name        TEXT NOT NULL,
      excerpt     TEXT NOT NULL,              -- first lines of the notes
      tags        TEXT NOT NULL,              -- JSON list of texts
      experiments INTEGER NOT NULL,
      created     INTEGER NOT NULL,           -- ms since 1970, as all times
      modified    INTEGER NOT NULL,
      archived    INTEGER NOT NULL DEFAULT 0,
      deleted     INTEGER,                    -- when it went to the bin
      revision    INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE documents (
      study  TEXT PRIMARY KEY NOT NULL REFERENCES studies ON DELETE CASCADE,
      draft  TEXT NOT NULL,                   -- JSON: { name, notes, experiments }
      search TEXT NOT NULL                    -- names, notes, tags, parameters; see search.ts
    ) STRICT;`,
};
