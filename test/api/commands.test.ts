import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftOf } from '../../src/study/draft.ts';
import { type StudyDraft } from '../../src/api/types.ts';
import { parseStudy, requireParsed } from '../../src/study/parse.ts';
import { presets } from '../../src/study/presets/presets.ts';
import { studySchema } from '../../src/study/schema.ts';
import { openLibrary } from '../../src/lab/database/open.ts';
import { type Library } from '../../src/lab/database/library.ts';
import { commands } from '../../src/api/commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'sgdlab-arguments-'));
let library: Library;
beforeAll(() => {
  library = openLibrary(folder);
});
afterAll(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What is stored after a draft was saved as the page saves it: cloned, parsed, written, read. */
function savedAndRead(draft: StudyDraft): StudyDraft {
  const id = library.createStudy({ name: '', notes: '', experiments: [] });
  const change = commands.saveStudy.argument.parse(structuredClone({ id, draft, revision: 1 }));
  const saved = library.saveStudy(change);
  if (!saved.ok) throw new Error(JSON.stringify(saved.refusals));
  const opened = library.openStudy(id);
  if (!opened.ok) throw new Error(JSON.stringify(opened.refusals));
  return opened.value.draft;
}

const optionalKeys = Object.keys(studySchema.shape).filter(
  (key) => !['format', 'version', 'name', 'notes', 'experiments'].includes(key),
);

describe('a study that the page saves', () => {
  it.each(presets.map(({ name, study }) => ({ name, study })))('is read back whole: preset $name', ({ study }) => {
    const draft = { ...draftOf(requireParsed(parseStudy(study()))), notes: 'A note, **bold**.', name: 'Renamed' };
    expect(savedAndRead(draft)).toEqual(draft);
  });

  it('is read back with every optional key of the format, also where what it holds is unfinished', () => {
    expect(optionalKeys).toContain('sweep');
    const values = Object.fromEntries(optionalKeys.map((key) => [key, { unfinished: [key, null, { axes: [] }] }]));
    const draft: StudyDraft = { name: 'All', notes: '', experiments: [{ id: 'x', horizon: 'soon' }], ...values };
    expect(savedAndRead(draft)).toEqual(draft);
  });

  it('is refused with a key that the format has not', () => {
    const draft = { name: '', notes: '', experiments: [], sweeps: {} };
    expect(() => commands.saveStudy.argument.parse({ id: 'x', draft, revision: 1 })).toThrow(/sweeps/);
  });
});
