/** Settings and small things that the program keeps for itself, as JSON values by key. */
import { type Migration } from '../migrate.ts';

export const settings: Migration = {
  version: 3,
  name: 'settings',
  sql: `
    CREATE TABLE settings (
      key   TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL
    ) STRICT;`,
};
