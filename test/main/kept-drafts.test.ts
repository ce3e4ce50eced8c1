import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { inEnglish } from '../refusals.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptDrafts } from '../../src/main/kept-drafts.ts';

let folder: string;
let places: string[];
let drafts: KeptDrafts;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-kept-'));
  places = ['library', 'profile', 'temporary'].map((name) => join(folder, name, 'unsaved'));
  drafts = new KeptDrafts(() => places);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const key = { studyId: 'a/study', since: 17 };
const study = {
  format: 'sgdlab-study',
  version: 1,
  name: 'Kept',
  notes: '',
  experiments: [{ id: 'x', horizon: 'soon' }],
};
const keep = (over: object = {}) => drafts.keep(key, JSON.stringify({ ...study, ...over }));

describe('a draft that could not be saved', () => {
  it('is kept beside the library, the last state of one edit only, until it is dropped', () => {
    keep();
    const answer = keep({ notes: 'later' });
    expect(answer.ok && answer.value.startsWith(places[0])).toBe(true);
    expect(readdirSync(places[0])).toHaveLength(1);
    expect(drafts.list()).toEqual([expect.objectContaining({ ...key, study: { ...study, notes: 'later' } })]);
    drafts.drop(key);
    expect(drafts.list()).toEqual([]);
  });

  it('is kept in the next place where the library’s folder cannot be written, and once only', () => {
    keep();
    rmSync(join(folder, 'library'), { recursive: true });
    writeFileSync(join(folder, 'library'), 'not a folder');
    const answer = keep({ notes: 'later' });
    expect(answer.ok && answer.value.startsWith(places[1])).toBe(true);
    expect(drafts.list()).toHaveLength(1);
    rmSync(join(folder, 'library'));
    mkdirSync(join(folder, 'library'));
    keep({ notes: 'last' });
    expect(drafts.list().map((each) => (each.study as { notes: string }).notes)).toEqual(['last']);
  });

  it('is refused with the reason where no place can be written', () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'not a folder');
    const kept = keep();
    expect(inEnglish(kept.ok ? [] : kept.refusals)).toEqual([
      { path: '', message: 'a part of the path is not a folder' },
    ]);
    rmSync(folder);
  });

  it('is not hidden by a file that cannot be read, which stays', () => {
    keep();
    writeFileSync(join(places[0], 'other.json'), '{');
    expect(drafts.list()).toHaveLength(1);
    expect(existsSync(join(places[0], 'other.json'))).toBe(true);
  });
});
