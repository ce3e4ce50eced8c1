/** All that is said of the command line follows from its commands; also of a new one (docs/adding-a-cli-command.md). */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { bashCompletion } from '../../scripts/cli/bash.ts';
import { manualCommands, synopsis } from '../../scripts/cli/manual.ts';
import { commandTable } from '../../scripts/cli/table.ts';
import { withPart, writtenFor } from '../../scripts/cli/written.ts';
import { zshCompletion } from '../../scripts/cli/zsh.ts';
import { root } from '../../scripts/ensure-build.mjs';
import { unmarked } from '../../src/cli/command.ts';
import { cliCommands, commandTree, isCliWord } from '../../src/cli/commands.ts';
import { programOf } from '../../src/cli/program.ts';

const tree = await commandTree();
const files = { ...cliCommands, count: () => import('./toy-command.ts') };
const withToy = await commandTree(files);
const folder = mkdtempSync(join(tmpdir(), 'sgdlab-completion-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what is said of the command line', () => {
  it.each(writtenFor(tree))('in $path is what its commands say: `npm run write:cli` writes it', ({ path, content }) => {
    const present = readFileSync(join(root, path), 'utf8');
    expect(content(present)).toBe(present);
  });

  it('in --help is every command and option, in the same words', () => {
    const program = programOf(tree).command;
    for (const { name, command } of tree) {
      const words = name.split(' ');
      expect(program.helpInformation()).toContain(words[0]);
      const found = words.reduce<Command | undefined>(
        (within, word) => within?.commands.find((each) => each.name() === word),
        program,
      );
      const help = unwrapped(found?.helpInformation() ?? '');
      expect(help).toContain(unmarked(command.about));
      for (const [option, { about }] of Object.entries(command.options)) {
        expect(help).toContain(`--${option} `);
        expect(help).toContain(unmarked(about));
      }
    }
  });

  it('is refused where a file has lost the marks between which it is written', () => {
    const text = 'a\n# begin: x\nold\n# end: x\nb';
    expect(withPart(text, 'x', 'new')).toBe('a\n# begin: x\nnew\n# end: x\nb');
    expect(() => withPart(text, 'y', 'new')).toThrow(/begin: y/);
    expect(() => withPart('# end: x\n# begin: x', 'x', 'new')).toThrow(/end: x/);
  });
});

describe('a new command of one file and one line', () => {
  it('is run with what its argument and options say, and refused without what it requires', async () => {
    const { command, status } = programOf(withToy);
    await command.parseAsync(['count', 'word', '--times', '3'], { from: 'user' });
    expect(status()).toBe(12);
    await command.parseAsync(['count', '--times', '2', '--twice'], { from: 'user' });
    expect(status()).toBe(0);
    const quiet = programOf(withToy).command.configureOutput({ writeErr: () => undefined });
    quiet.commands.forEach((each) => each.configureOutput({ writeErr: () => undefined }));
    await expect(quiet.parseAsync(['count', 'word'], { from: 'user' })).rejects.toThrow(/--times/);
  });

  it('is in the help, the manual, the tables, and the launcher', () => {
    expect(programOf(withToy).command.helpInformation()).toContain('count');
    const usage = 'count [WORD] --times N [--twice]';
    expect(commandTable(withToy, false)).toContain(`| \`${usage}\` | count *letters* of a word |`);
    expect(synopsis(withToy).replace(/\\f[BIR]|\\(?=-)/g, '')).toContain(`sgdlab ${usage}`);
    expect(manualCommands(withToy)).toContain('\\fB\\-\\-times\\fR \\fIN\\fR\nHow often.\n\\&.5 is refused.');
    const launcher = writtenFor(withToy).find(({ path }) => path === 'packaging/linux/sgdlab');
    expect(launcher?.content('# begin: commands\n# end: commands')).toContain('| cluster | count | help |');
    expect(zshCompletion(withToy)).toContain("'count:count letters of a word'");
  });

  it('is completed by bash: its name, its options, what it is handed', () => {
    const script = join(folder, 'completion.bash');
    writeFileSync(script, bashCompletion(withToy));
    const completed = (...words: string[]): string[] => {
      const asked = words.map((word) => `'${word}'`).join(' ');
      const lines = `. ${script}; COMP_WORDS=(${asked}); COMP_CWORD=${words.length - 1}; _sgdlab; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', lines], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
    };
    expect(completed('sgdlab', 'co')).toEqual(['count']);
    expect(completed('sgdlab', 'count', '--t')).toEqual(['--times', '--twice']);
    expect(completed('sgdlab', 'count', 'a')).toEqual(['alpha']);
    expect(completed('sgdlab', 'read-array', 'x', '--for', 'v')).toEqual(['vectors']);
    expect(completed('sgdlab', 'run', 'x', '--workers', '')).toEqual(['']);
    writeFileSync(join(folder, 'study.json'), '');
    writeFileSync(join(folder, 'study.txt'), '');
    expect(completed('sgdlab', 'run', 'st')).toEqual(['study.json']);
  });
});

describe('a start of the program', () => {
  it('is the command line for the name of every command, and for nothing that objects have by nature', () => {
    for (const { name } of tree) expect(isCliWord(name.split(' ')[0]), name).toBe(true);
    for (const word of ['help', '--help', '-h', '--version', '-V']) expect(isCliWord(word), word).toBe(true);
    for (const word of ['toString', 'constructor', 'study.json', '--no-sandbox', ''])
      expect(isCliWord(word), word).toBe(false);
  });
});

/** Help as one line. */
const unwrapped = (text: string): string => text.replace(/\s+/g, ' ');
