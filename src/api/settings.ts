/**
 * The settings, each once: the schema of its values, its default, and how the dialog asks for it. What is stored, what
 * may be changed, the type and the fields of the dialog follow from this table (docs/adding-a-setting.md); its sentences
 * are `settings.NAME` and, for one of several words, `settings.NAME.WORD`.
 */
import { z } from 'zod';
import { languages } from '../text/language.ts';

export const MAX_THREADS = 256;

/** Widths that the panes beside the figures may have, in px. */
export const PANES = {
  rail: { least: 140, most: 480, usual: 236 },
  inspector: { least: 240, most: 560, usual: 300 },
} as const;

/** A setting: its values and the one that it has until it is changed. */
export interface Setting<Value extends z.ZodType = z.ZodType> {
  readonly value: Value;
  readonly initial: z.output<Value>;
  /** What a number counts: the dialog then offers what makes sense on this machine. */
  readonly counts?: 'threads';
  /** False: the dialog does not ask for it; it is set where it is seen. */
  readonly asked?: false;
}

export type SettingsTable = Readonly<Record<string, Setting>>;

export const setting = <Value extends z.ZodType>(
  value: Value,
  initial: z.output<Value>,
  more: Pick<Setting, 'counts' | 'asked'> = {},
): Setting<Value> => ({ value, initial, ...more });

export const settings = {
  theme: setting(z.enum(['system', 'light', 'dark']), 'system'),
  language: setting(z.enum(['system', ...languages]), 'system'),
  /** Worker threads; null: as many as the machine has cores. */
  threads: setting(z.int().min(1).max(MAX_THREADS).nullable(), null, { counts: 'threads' }),
  /** Widths of the panes beside the figures, in px; their edges are dragged. */
  railWidth: setting(z.int().min(PANES.rail.least).max(PANES.rail.most), PANES.rail.usual, { asked: false }),
  inspectorWidth: setting(z.int().min(PANES.inspector.least).max(PANES.inspector.most), PANES.inspector.usual, {
    asked: false,
  }),
};

export type SettingsOf<Table extends SettingsTable> = {
  readonly [Name in keyof Table]: z.output<Table[Name]['value']>;
};
export type Settings = SettingsOf<typeof settings>;
export type SettingName = keyof Settings;

/** What the settings are before anything was changed. */
export const initialOf = <Table extends SettingsTable>(table: Table): SettingsOf<Table> =>
  mapped(table, ({ initial }) => initial) as SettingsOf<Table>;

/** The settings in a stored value: one that is not there, or not allowed, is as it was first; it hides no other. */
export function storedSettings<Table extends SettingsTable>(table: Table, stored: unknown): SettingsOf<Table> {
  const found = stored !== null && typeof stored === 'object' ? (stored as Record<string, unknown>) : {};
  return mapped(table, ({ value, initial }, name) => {
    const parsed = value.safeParse(Object.hasOwn(found, name) ? found[name] : undefined);
    return parsed.success ? parsed.data : initial;
  }) as SettingsOf<Table>;
}

/** Parses a change: some of the settings, each with a value that it allows. */
export const changeOf = <Table extends SettingsTable>(table: Table) =>
  z.strictObject(mapped(table, ({ value }) => value.optional())) as unknown as z.ZodType<
    Partial<SettingsOf<Table>>,
    Partial<SettingsOf<Table>>
  >;

export const settingsChange = changeOf(settings);

function mapped<T>(table: SettingsTable, make: (entry: Setting, name: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(table).map(([name, entry]) => [name, make(entry, name)]));
}
