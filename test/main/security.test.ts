import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filesToOpen, isCliCall } from '../../src/main/cli-call.ts';
import { fileName } from '../../src/main/file-name.ts';
import { commandNames } from '../../src/api/command.ts';
import { commands } from '../../src/api/commands.ts';
import { isOwnPage, isTrusted } from '../../src/main/ipc/trust.ts';
import { isAllowedLink } from '../../src/main/links.ts';

describe('links', () => {
  it('are opened only for https and hosts of the list', () => {
    expect(isAllowedLink('https://arxiv.org/abs/2510.14074')).toBe(true);
    for (const bad of [
      'http://arxiv.org/abs/2510.14074',
      'https://arxiv.org.evil.example/',
      'https://arxiv.org@evil.example/',
      'https://user:secret@arxiv.org/',
      'https://arxiv.org:8080/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'app://lab/index.html',
      'arxiv.org',
      '',
    ]) {
      expect(isAllowedLink(bad), bad).toBe(false);
    }
  });
});

describe('senders of commands', () => {
  it('are trusted only as the main frame of the app’s own origin', () => {
    expect(isTrusted({ url: 'app://lab/', parent: null })).toBe(true);
    expect(isTrusted({ url: 'app://lab/index.html#x', parent: null })).toBe(true);
    expect(isTrusted({ url: 'app://lab/', parent: {} })).toBe(false);
    expect(isTrusted({ url: 'app://other/', parent: null })).toBe(false);
    expect(isTrusted({ url: 'https://lab/', parent: null })).toBe(false);
    expect(isTrusted({ url: 'file:///tmp/app://lab/', parent: null })).toBe(false);
    expect(isTrusted({ url: '', parent: null })).toBe(false);
    expect(isTrusted(null)).toBe(false);
  });
});

describe('arguments of commands', () => {
  it('have a parser each, which never throws and takes no argument of another shape', () => {
    fc.assert(
      fc.property(fc.constantFrom(...commandNames(commands)), fc.jsonValue(), (name, value) => {
        const result = commands[name].argument.safeParse(value);
        if (value === null || typeof value !== 'object') expect(result.success).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('of a save must be a document with plain ids', () => {
    const save = (draft: unknown) => commands.saveStudy.argument.safeParse({ id: 's', revision: 1, draft }).success;
    expect(save({ name: 'n', notes: '', experiments: [{ id: 'a', anything: [1] }] })).toBe(true);
    expect(save({ name: 'n', notes: '', experiments: [{ id: 3 }] })).toBe(false);
    expect(save({ name: 'n', notes: '', experiments: [], extra: 1 })).toBe(false);
  });
});

describe('file names of exports', () => {
  it('never leave the chosen folder, whatever the study is called', () => {
    expect(fileName('../../etc/passwd')).toBe('etc-passwd');
    expect(fileName('Spectra compared')).toBe('Spectra compared');
    expect(fileName('…')).toBe('study');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const safe = fileName(name);
        expect(safe).not.toMatch(/[/\\:\0]|^\./);
        expect(safe.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a start of the program', () => {
  it('is the command line for its commands, and the app for files and nothing', () => {
    expect(isCliCall(['run', 'study.json'])).toBe(true);
    expect(isCliCall(['--version'])).toBe(true);
    expect(isCliCall([])).toBe(false);
    expect(isCliCall(['results.sgdlab'])).toBe(false);
    expect(isCliCall(['--no-sandbox'])).toBe(false);
    expect(filesToOpen(['--no-sandbox', 'a.sgdlab', 'run', 'b.JSON'])).toEqual(['a.sgdlab', 'b.JSON']);
  });
});

describe('the page', () => {
  it('may go to itself, which is loading it anew, and nowhere else', () => {
    expect(isOwnPage('app://lab/')).toBe(true);
    for (const url of [
      'app://lab/other.html',
      'app://elsewhere/',
      'https://lab/',
      'file:///app://lab/',
      'app://lab/?x',
    ])
      expect(isOwnPage(url), url).toBe(false);
  });
});
