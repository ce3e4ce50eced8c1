/** A folder of its own for each test, gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { openLibrary, type LibraryOptions } from '../../../src/lab/database/open.ts';
import { type Library } from '../../../src/lab/database/library.ts';
import { Connection } from '../../../src/lab/database/connection.ts';

const folders: string[] = [];
const libraries: Library[] = [];

afterEach(() => {
  for (const library of libraries.splice(0)) library.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sgdlab-test-'));
  folders.push(folder);
  return folder;
}

export function open(folder: string, options: LibraryOptions = {}): Library {
  const library = openLibrary(folder, { now: () => 1_000_000, ...options });
  libraries.push(library);
  return library;
}

/** Runs SQL on the closed library's file, as damage or as another program would. */
export function tamper(folder: string, ...statements: string[]): void {
  const connection = new Connection(join(folder, 'library.sqlite'));
  for (const statement of statements) connection.exec(statement);
  connection.close();
}

export function query(folder: string, sql: string): unknown[] {
  const connection = new Connection(join(folder, 'library.sqlite'));
  const rows = connection.all(sql);
  connection.close();
  return rows;
}
