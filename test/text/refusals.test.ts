/** Every refusal is said in both languages, and none of the parser's reaches a Japanese reader in English. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reason, refusal, Refused, refusalsOf, type Refusal } from '../../src/refusal/refusal.ts';
import { parseStudy, parseStudyText } from '../../src/study/parse.ts';
import { presets } from '../../src/study/presets/presets.ts';
import { english } from '../../src/text/refusals/en/index.ts';
import { refusalsIn } from '../../src/text/refusals/index.ts';
import { japanese } from '../../src/text/refusals/ja/index.ts';

const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** Words of the format, and what is quoted of a file, are in no language. */
const plain = (sentence: string) => sentence.replace(/"(?:[^"\\]|\\.)*"|\{[^}]*\}|\[[^\]]*\]/g, '');
const ENGLISH = /[a-z]{2,} [a-z]{2,} [a-z]{2,}/;

const codes = Object.keys(english.sentences);
const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
const made = sources(join(import.meta.dirname, '..', '..', 'src'))
  .filter((path) => !/[\\/]src[\\/](?:refusal|text[\\/]refusals)[\\/]/.test(path))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

/** What a description is replaced by, one part at a time. */
const WRONG: readonly unknown[] = [-1, 1.5, 0, 1e12, 'no', '', null, true, [], [-1], [[1, 'x']], {}, { kind: 'no' }];
/** All paths in a value; of a long list, whose entries are all alike, those of its ends. */
const paths = (value: unknown, at: readonly (string | number)[] = []): (readonly (string | number)[])[] => {
  if (value === null || typeof value !== 'object') return [at];
  const entries = Object.entries(value);
  const looked = Array.isArray(value) && entries.length > 8 ? [entries[0], ...entries.slice(-1)] : entries;
  return [at, ...looked.flatMap(([key, each]) => paths(each, [...at, key]))];
};

function changed(root: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  const object = root as Record<string | number, unknown>;
  const next = changed(object[key], rest, value);
  return Array.isArray(root)
    ? root.map((each: unknown, k) => (String(k) === String(key) ? next : each))
    : { ...object, [key]: next };
}

/** A sweep of two points on each axis says what one of a hundred says. */
function fewPoints({ sweep }: ReturnType<(typeof presets)[number]['study']>) {
  if (sweep === undefined) return {};
  const axes = sweep.axes.map((axis) => {
    const { range } = axis;
    return {
      ...axis,
      range: 'points' in range ? { ...range, points: 2 } : { ...range, values: range.values.slice(0, 2) },
    };
  });
  return { sweep: { ...sweep, axes } };
}

/** Refusals of every preset with one part after another replaced, and with a key too many. */
function* walk(): Generator<Refusal> {
  for (const preset of presets) {
    const study = preset.study();
    const small = { ...study, experiments: study.experiments.slice(0, 1), ...fewPoints(study) };
    for (const path of paths(small)) {
      for (const wrong of [...WRONG, ...(path.length === 0 ? [] : [undefined])]) {
        const parsed = parseStudy(changed(small, path, wrong));
        if (!parsed.ok) yield* parsed.refusals;
      }
      const unknown = parseStudy(changed(small, [...path, 'rat'], 1));
      if (!unknown.ok) yield* unknown.refusals;
    }
  }
  for (const text of ['', '{', '['.repeat(100)]) {
    const parsed = parseStudyText(text);
    if (!parsed.ok) yield* parsed.refusals;
  }
}

describe('refusals', () => {
  it('have a sentence for the same codes in both languages', () => {
    expect(Object.keys(japanese.sentences).sort()).toEqual([...codes].sort());
  });

  it.each(codes.filter((code) => !/^(?:results|without)-|^own$/.test(code)))('%s is made somewhere', (code) => {
    expect(made).toMatch(new RegExp(`['"]${code}['"]`));
  });

  it('of the parser are said in Japanese to a Japanese reader, in English to others, whatever is wrong', () => {
    const said = new Map<string, [string, string]>();
    for (const each of walk())
      said.set(JSON.stringify([each.code, each.allowed]), [
        refusalsIn('en').reason(each),
        refusalsIn('ja').reason(each),
      ]);
    expect(said.size).toBeGreaterThan(80);
    for (const [inEnglish, inJapanese] of said.values()) {
      expect(plain(inEnglish)).not.toMatch(JAPANESE);
      expect(inJapanese).toMatch(JAPANESE);
      expect(plain(inJapanese), inEnglish).not.toMatch(ENGLISH);
    }
  });

  it('of a kind in a file of its own are its own sentences', () => {
    const own = reason('own', { en: 'expected an even number', ja: '偶数が必要です' });
    expect(['en', 'ja'].map((language) => refusalsIn(language as 'en' | 'ja').reason(own))).toEqual([
      'expected an even number',
      '偶数が必要です',
    ]);
  });

  it('cross to another thread or process as what they are', () => {
    const thrown = new Refused([refusal('a.b', 'finite-number', { above: 0 }, '-1')]);
    expect(refusalsOf(new Error(thrown.message))).toEqual(thrown.refusals);
    expect(refusalsOf(new Error('no memory'))).toEqual([refusal('', 'said', { text: 'no memory' })]);
    expect(refusalsOf(Object.assign(new Error('ENOENT: x'), { code: 'ENOENT' }))).toEqual([
      refusal('', 'file-system', { error: 'ENOENT' }),
    ]);
  });
});
