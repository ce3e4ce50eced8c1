/**
 * Results. A curve's rows are one BLOB of little-endian float64, P×size row-major, cut into parts of whole rows: the
 * app always wants whole rows of all curves, so reading is one copy per part and no reordering. The layout beside it
 * (offset and shape of every observable) makes it readable elsewhere: numpy.frombuffer(rows).reshape(-1, row_size).
 */
import { type Migration } from '../migrate.ts';

export const curves: Migration = {
  version: 2,
  name: 'curves',
  sql: `
    CREATE TABLE frames (
      key          TEXT PRIMARY KEY NOT NULL, -- theory key of the description
      layout       TEXT NOT NULL,             -- JSON: sizes and fields of a row
      labels       TEXT NOT NULL,             -- JSON list of texts
      t            BLOB NOT NULL,             -- these five: little-endian float64
      upper        BLOB NOT NULL,
      energy       BLOB NOT NULL,
      size         BLOB NOT NULL,
      teacher_norm BLOB NOT NULL
    ) STRICT;
    CREATE TABLE descriptions (
      hash           TEXT PRIMARY KEY NOT NULL,
      experiment     TEXT NOT NULL,           -- JSON, with all defaults
      theory_key     TEXT NOT NULL REFERENCES frames,
      simulation_key TEXT NOT NULL
    ) STRICT;
    CREATE INDEX descriptions_frame ON descriptions (theory_key);
    CREATE TABLE curves (
      id          INTEGER PRIMARY KEY,
      study       TEXT NOT NULL REFERENCES studies ON DELETE CASCADE,
      experiment  TEXT NOT NULL,              -- id within the study
      key         TEXT NOT NULL,              -- theory or simulation key of the description
      kind        TEXT NOT NULL,              -- ode, gradient-flow, simulation
      run         INTEGER NOT NULL,           -- -1 for theory
      description TEXT NOT NULL REFERENCES descriptions,
      status      TEXT NOT NULL,              -- of the outcome
      outcome     TEXT NOT NULL,              -- JSON
      report      TEXT NOT NULL,              -- JSON
      points      INTEGER NOT NULL,           -- rows stored; the others are NaN
      row_size    INTEGER NOT NULL,
      stored      INTEGER NOT NULL,
      damage      TEXT,                       -- why it is in quarantine
      UNIQUE (study, experiment, key, kind, run)
    ) STRICT;
    CREATE INDEX curves_description ON curves (description);
    CREATE TABLE series (
      curve    INTEGER NOT NULL REFERENCES curves ON DELETE CASCADE,
      part     INTEGER NOT NULL,
      rows     BLOB NOT NULL,
      checksum INTEGER NOT NULL,              -- CRC-32
      UNIQUE (curve, part)
    ) STRICT;`,
};
