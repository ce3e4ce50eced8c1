/** Studies as documents: list, save, bin. A document that cannot be read is named as damaged and hides no other. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { draftSchema } from '../../study/draft.ts';
import { type Answer, type StudyDraft, type StudySummary } from '../../api/types.ts';
import { type Connection, type Row } from './connection.ts';
import { isSound, requireSound, seal } from './checksums.ts';
import { DamagedRecord } from './errors.ts';
import { integer, json, reason, text } from './rows.ts';
import { excerpt, plain, searchText, searchWords } from './search.ts';
import { refusal, type Refusal } from '../../refusal/refusal.ts';

/** A document may carry the header of a study file; a key that this version does not know is not dropped but named. */
const storedSchema = draftSchema.extend({ format: z.unknown().optional(), version: z.unknown().optional() });
const tagsSchema = z.array(z.string());

/** A document with the revision that it was read at. */
export interface Document {
  readonly draft: StudyDraft;
  readonly revision: number;
}

export class Studies {
  /** Damage by study and revision: the list need not parse every document every time. */
  private readonly checked = new Map<string, { revision: number; damage: string | null }>();
  /** What this program knows of a stored document, by its study: a hash of what a save would overwrite. */
  private readonly known = new Map<string, string>();
  /** Changes by another program since the last save, by study: they count as revisions. */
  private readonly outside = new Map<string, number>();

  constructor(
    private readonly connection: Connection,
    private readonly now: () => number,
  ) {
    connection.onReread = () => this.compare();
  }

  /** After the file was read again: finds the documents that another program has changed. */
  compare(): void {
    this.checked.clear();
    for (const [id, hash] of this.known) {
      const found = this.hashOf(id);
      if (found === hash) continue;
      this.known.set(id, found);
      this.outside.set(id, (this.outside.get(id) ?? 0) + 1);
    }
  }

  private hashOf(id: string): string {
    const row = this.connection.get(
      'SELECT name, excerpt, draft FROM studies LEFT JOIN documents ON study = id WHERE id = ?',
      [id],
    );
    return createHash('sha256').update(JSON.stringify(row)).digest('base64');
  }

  private revisionOf(id: string, row: Row): number {
    return integer(row, 'revision') + (this.outside.get(id) ?? 0);
  }

  list({ search, archived }: { search: string; archived: boolean }): StudySummary[] {
    const words = searchWords(search);
    const counts = this.curveCounts();
    return this.connection
      .all('SELECT * FROM studies WHERE deleted IS NULL AND archived = ? ORDER BY modified DESC, created DESC, id', [
        archived ? 1 : 0,
      ])
      .filter((row) => words.length === 0 || this.matches(String(row.id), words))
      .map((row) => this.summary(row, counts));
  }

  /** A study whose text cannot be read is not hidden by a search. */
  private matches(id: string, words: readonly string[]): boolean {
    const found = words.map(() => 'instr(search, ?) > 0').join(' AND ');
    try {
      return (
        this.connection.get(`SELECT ${found} AS found FROM documents WHERE study = ?`, [...words, id])?.found !== 0
      );
    } catch {
      return true;
    }
  }

  /** Finished curves by study; null if the table cannot be read. */
  private curveCounts(id?: string): Map<string, number> | null {
    const finished = `SELECT study, count(*) AS curves FROM curves
      WHERE status IN ('done', 'diverged') AND damage IS NULL`;
    try {
      const rows =
        id === undefined
          ? this.connection.all(`${finished} GROUP BY study`)
          : this.connection.all(`${finished} AND study = ? GROUP BY study`, [id]);
      return new Map(rows.map((row) => [String(row.study), Number(row.curves)]));
    } catch {
      return null;
    }
  }

  summaryOf(id: string): StudySummary | null {
    const row = this.connection.get('SELECT * FROM studies WHERE id = ? AND deleted IS NULL', [id]);
    return row && this.summary(row, this.curveCounts(id));
  }

  private summary(row: Row, counts: Map<string, number> | null): StudySummary {
    const id = String(row.id);
    let tags: readonly string[] = [];
    let damage = this.damage(id, Number(row.revision));
    if (!counts) damage ??= 'its results cannot be read';
    if (!isSound('studies', row)) damage ??= 'its name, tags or first words do not match their checksum';
    try {
      tags = tagsSchema.parse(json(row, 'tags'));
    } catch (error) {
      damage ??= `its tags cannot be read: ${reason(error)}`;
    }
    return {
      id,
      name: String(row.name),
      excerpt: String(row.excerpt),
      tags,
      created: Number(row.created),
      modified: Number(row.modified),
      archived: row.archived === 1,
      experiments: Number(row.experiments),
      curves: counts?.get(id) ?? 0,
      damage,
    };
  }

  private damage(id: string, revision: number): string | null {
    const known = this.checked.get(id);
    if (known?.revision === revision) return known.damage;
    let damage: string | null = null;
    try {
      this.document(id);
    } catch (error) {
      damage = reason(error);
    }
    this.checked.set(id, { revision, damage });
    return damage;
  }

  /** @throws DamagedRecord if the document is not there or cannot be read. */
  document(id: string): Document {
    const row = this.connection.get(
      `SELECT draft, revision, documents.checksum AS checksum FROM studies LEFT JOIN documents ON study = id
       WHERE id = ? AND deleted IS NULL`,
      [id],
    );
    if (!row) throw new DamagedRecord('there is no such study in the library');
    requireSound('documents', row);
    const parsed = storedSchema.safeParse(json(row, 'draft'));
    if (!parsed.success) throw new DamagedRecord(`its document is not a study: ${z.prettifyError(parsed.error)}`);
    const { format: _format, version: _version, ...draft } = parsed.data;
    this.known.set(id, this.hashOf(id));
    return { draft, revision: this.revisionOf(id, row) };
  }

  insert(id: string, draft: StudyDraft, tags: readonly string[]): void {
    const now = this.now();
    const clean = cleanTags(tags);
    this.connection.transaction(() => {
      this.connection.run(
        `INSERT INTO studies (id, name, excerpt, tags, experiments, created, modified, revision)
         VALUES (?, ?, ?, ?, ?, ?, ?, 1)`,
        [id, plain(draft.name), excerpt(draft.notes), JSON.stringify(clean), draft.experiments.length, now, now],
      );
      const document = [id, JSON.stringify(draft), searchText(draft, clean)];
      this.connection.run('INSERT INTO documents (study, draft, search) VALUES (?, ?, ?)', document);
      this.seal(id);
      this.known.set(id, this.hashOf(id));
    });
  }

  private seal(id: string): void {
    seal(this.connection, 'studies', 'id', id);
    seal(this.connection, 'documents', 'study', id);
  }

  /** Refused at `revision` if that is not the stored one, at `id` if there is no such study (any more). */
  save(id: string, draft: StudyDraft, revision: number): Answer<null> {
    const answer = this.connection.transaction((): Answer<null> => {
      const row = this.connection.get('SELECT tags, revision FROM studies WHERE id = ? AND deleted IS NULL', [id]);
      if (!row) return refused(refusal('id', 'no-study', {}));
      const stored = this.revisionOf(id, row);
      if (stored !== revision) {
        return refused(refusal('revision', 'revision', { stored }, String(revision)));
      }
      this.connection.run(
        `UPDATE studies SET name = ?, excerpt = ?, experiments = ?, modified = ?, revision = ? WHERE id = ?`,
        [plain(draft.name), excerpt(draft.notes), draft.experiments.length, this.now(), stored + 1, id],
      );
      this.connection.run(
        `INSERT INTO documents (study, draft, search) VALUES (?, ?, ?)
         ON CONFLICT (study) DO UPDATE SET draft = excluded.draft, search = excluded.search`,
        [id, JSON.stringify(draft), searchText(draft, readTags(row))],
      );
      this.seal(id);
      return { ok: true, value: null };
    });
    if (answer.ok) {
      this.outside.delete(id);
      this.known.set(id, this.hashOf(id));
    }
    return answer;
  }

  setTags(id: string, tags: readonly string[]): void {
    const clean = cleanTags(tags);
    this.connection.transaction(() => {
      this.change(id, 'tags = ?', [JSON.stringify(clean)]);
      seal(this.connection, 'studies', 'id', id);
      // a damaged document keeps the search text that it has
      if (this.damageNow(id) !== null) return;
      const search = searchText(this.document(id).draft, clean);
      this.connection.run('UPDATE documents SET search = ? WHERE study = ?', [search, id]);
    });
  }

  private damageNow(id: string): string | null {
    this.checked.delete(id);
    const row = this.connection.get('SELECT revision FROM studies WHERE id = ?', [id]);
    return this.damage(id, Number(row?.revision));
  }

  archive(id: string, archived: boolean): void {
    this.change(id, 'archived = ?', [archived ? 1 : 0]);
  }

  setDeleted(id: string, deleted: boolean): void {
    this.checked.delete(id);
    this.change(id, 'deleted = ?', [deleted ? this.now() : null]);
  }

  /** @throws RangeError if there is no such study. */
  private change(id: string, assignment: string, values: (string | number | null)[]): void {
    const changed = this.connection.run(`UPDATE studies SET ${assignment} WHERE id = ?`, [...values, id]);
    if (changed === 0) throw new RangeError(`there is no study ${JSON.stringify(id)} in the library`);
  }

  tags(id: string): readonly string[] {
    const row = this.connection.get('SELECT tags FROM studies WHERE id = ?', [id]);
    return row ? readTags(row) : [];
  }

  /** The document's text as it is stored, whatever its state; null if there is none. @throws DamagedRecord if it is no text. */
  raw(id: string): { readonly name: string; readonly text: string } | null {
    const row = this.connection.get('SELECT name, draft FROM studies JOIN documents ON study = id WHERE id = ?', [id]);
    return row ? { name: String(row.name), text: text(row, 'draft') } : null;
  }
}

export const refused = (
  ...refusals: readonly Refusal[]
): { readonly ok: false; readonly refusals: readonly Refusal[] } => ({
  ok: false,
  refusals,
});

/** Tags as far as they can be read; damage is named in the summary. */
function readTags(row: Row): readonly string[] {
  try {
    return tagsSchema.parse(json(row, 'tags'));
  } catch {
    return [];
  }
}

function cleanTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}
