/** Settings, and small values that the program keeps for itself. A value that cannot be read is as if it were absent. */
import { settings, settingsChange, storedSettings, type Settings } from '../../api/settings.ts';
import { parseJson } from '../../core/description/json.ts';
import { type Connection } from './connection.ts';

const KEY = 'settings';

export function recall(connection: Connection, key: string): unknown {
  try {
    const value = connection.get('SELECT value FROM settings WHERE key = ?', [key])?.value;
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

export const readSettings = (connection: Connection): Settings => storedSettings(settings, recall(connection, KEY));

/** @throws Error if a changed value is not allowed. */
export function changeSettings(connection: Connection, change: Partial<Settings>): Settings {
  const changed = { ...readSettings(connection), ...settingsChange.parse(change) };
  remember(connection, KEY, changed);
  return changed;
}
