/** Settings, and small values that the program keeps for itself. A value that cannot be read is as if it were absent. */
import { z } from 'zod';
import { languages } from '../../text/language.ts';
import { type Settings } from '../../api/types.ts';
import { parseJson } from '../../core/description/json.ts';
import { type Connection } from './connection.ts';

export const MAX_THREADS = 256;

const fields = {
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', ...languages]),
  threads: z.int().min(1).max(MAX_THREADS).nullable(),
};
const changeSchema = z.strictObject(fields).partial();
const storedSchema = z.object({
  theme: fields.theme.catch('system'),
  language: fields.language.catch('system'),
  threads: fields.threads.catch(null),
});

const KEY = 'settings';

export function recall(connection: Connection, key: string): unknown {
  const value = connection.get('SELECT value FROM settings WHERE key = ?', [key])?.value;
  try {
    return typeof value === 'string' ? parseJson(value) : undefined;
  } catch {
    return undefined;
  }
}

export function remember(connection: Connection, key: string, value: unknown): void {
  connection.run('INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
    key,
    JSON.stringify(value ?? null),
  ]);
}

export function readSettings(connection: Connection): Settings {
  const stored = recall(connection, KEY);
  return storedSchema.parse(stored !== null && typeof stored === 'object' ? stored : {});
}

/** @throws Error if a changed value is not allowed. */
export function changeSettings(connection: Connection, change: Partial<Settings>): Settings {
  const settings = { ...readSettings(connection), ...changeSchema.parse(change) };
  remember(connection, KEY, settings);
  return settings;
}
