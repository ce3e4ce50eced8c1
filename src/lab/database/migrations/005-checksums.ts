/**
 * A checksum with every record, so that a changed letter is noticed as a changed number is. Another program that changes
 * a record does not know them: then there is none, and the record counts as it is.
 */
import { sealAll, tableNames, coveredColumns } from '../checksums.ts';
import { type Migration } from '../migrate.ts';

const added = tableNames.map(
  (table) => `
    ALTER TABLE ${table} ADD COLUMN checksum INTEGER; -- CRC-32, see checksums.ts
    CREATE TRIGGER ${table}_changed AFTER UPDATE OF ${coveredColumns(table).join(', ')} ON ${table}
      BEGIN UPDATE ${table} SET checksum = NULL WHERE rowid = NEW.rowid; END;`,
);

export const checksums: Migration = {
  version: 5,
  name: 'checksums',
  sql: added.join('\n'),
  convert: sealAll,
};
