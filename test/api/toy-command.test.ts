/** A new command as docs/adding-a-command.md has it: one entry in the table and one handler. */
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  answerCommand,
  answers,
  command,
  commandNames,
  type HandlersOf,
  type RemoteOf,
} from '../../src/api/command.ts';
import { commands } from '../../src/api/commands.ts';
import { commandFunctions } from '../../src/main/ipc/bridge.ts';

const table = {
  ...commands,
  /** How often a word stands in the notes of studies. */
  countWord: command(z.strictObject({ word: z.string().min(1).max(100) }), answers<number>()),
};

type Handlers = HandlersOf<typeof table>;
const countWord = vi.fn<Handlers['countWord']>(({ word }) => word.length);
const handlers = { countWord } as unknown as Handlers;

/** The page's side, over a channel that copies. */
const api = commandFunctions(commandNames(table), async (name, argument) =>
  answerCommand(table, handlers, name, structuredClone(argument)),
) as unknown as RemoteOf<typeof table>;

describe('a new command', () => {
  it('is a function of the page, whose argument is parsed and whose answer comes back', async () => {
    expect(await api.countWord({ word: 'seven' })).toBe(5);
    expect(countWord).toHaveBeenLastCalledWith({ word: 'seven' });
    expect(Object.keys(api)).toEqual(Object.keys(table));
  });

  it('is not called with an argument of another shape, and the refusal says where', async () => {
    countWord.mockClear();
    const call = (argument: unknown) => api.countWord(argument as { word: string });
    await expect(call({ word: '' })).rejects.toThrow(/^countWord: word: /);
    await expect(call({ word: 'a', path: '/etc/passwd' })).rejects.toThrow(/path/);
    await expect(call(undefined)).rejects.toThrow(/countWord/);
    expect(countWord).not.toHaveBeenCalled();
  });

  it('that no table has is refused, whatever objects have by that name', () => {
    for (const name of ['countWords', 'toString', '__proto__', 3, null])
      expect(() => answerCommand(table, handlers, name, {}), String(name)).toThrow(/^no command/);
  });

  it('without a handler, with another argument, or with another answer does not compile', () => {
    const { countWord: _left, ...others } = handlers;
    // @ts-expect-error -- one handler is missing
    const missing: Handlers = others;
    // @ts-expect-error -- a number is answered
    const wrong: Handlers['countWord'] = () => 'five';
    // @ts-expect-error -- the argument has a word
    const call = () => api.countWord({ words: 'seven' });
    expect([missing, wrong, call]).toHaveLength(3);
  });
});
