/**
 * What a table of commands is, and all that follows from it: the functions that the page calls, those that the main
 * process implements, and the reading of an argument. The table itself is commands.ts.
 */
import { z } from 'zod';

/** One command: how its argument is parsed in the main process, and the type of its answer. */
export interface Command<Argument extends z.ZodType = z.ZodType, Answer = unknown> {
  readonly argument: Argument;
  /** Never there: it carries the type alone. */
  readonly answer?: Answer;
}

export type CommandTable = Readonly<Record<string, Command>>;

/** An entry of a table; the answer's type stands in `answers`. */
export const command = <Argument extends z.ZodType, Answer>(
  argument: Argument,
  _answers: Answers<Answer>,
): Command<Argument, Answer> => ({ argument });

/** Carries a type: `answers<StudyId>()`. */
export interface Answers<Answer> {
  readonly type?: Answer;
}
export const answers = <Answer>(): Answers<Answer> => ({});

/** The argument of a command that takes none. */
export const nothing = z.undefined();

type AnswerOf<Entry> = Entry extends Command<z.ZodType, infer Answer> ? Answer : never;
/** A parameter, or none where the argument may be left out. */
type Parameter<Argument> = undefined extends Argument ? [] : [argument: Argument];

/** Functions as the main process has them, with parsed arguments; each may be asynchronous. */
export type HandlersOf<Table extends CommandTable> = {
  readonly [Name in keyof Table]: (
    ...argument: Parameter<z.output<Table[Name]['argument']>>
  ) => AnswerOf<Table[Name]> | Promise<AnswerOf<Table[Name]>>;
};

/** Functions as the page has them. */
export type RemoteOf<Table extends CommandTable> = {
  readonly [Name in keyof Table]: (
    ...argument: Parameter<z.input<Table[Name]['argument']>>
  ) => Promise<AnswerOf<Table[Name]>>;
};

/** The same, answered at once. */
export type FunctionsOf<Table extends CommandTable> = {
  -readonly [Name in keyof Table]: (...argument: Parameter<z.input<Table[Name]['argument']>>) => AnswerOf<Table[Name]>;
};

/**
 * The names of a table, for the preload script: it is built with them and without the table, whose schemas it does not
 * need.
 */
export const commandNames = <Table extends CommandTable>(table: Table): readonly (keyof Table & string)[] =>
  Object.keys(table);

/**
 * Answers a command by its name: parses what came and calls the handler.
 * @param name and `argument` come from the page, which is not trusted with their types.
 * @throws Error if the table has no such command, or the argument is not one that it takes; what the handler throws.
 */
export function answerCommand<Table extends CommandTable>(
  table: Table,
  handlers: HandlersOf<Table>,
  name: unknown,
  argument: unknown,
): unknown {
  if (typeof name !== 'string' || !Object.hasOwn(table, name)) throw new Error(`no command ${JSON.stringify(name)}`);
  const parsed = table[name].argument.safeParse(argument);
  if (!parsed.success) {
    const refusals = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`${name}: ${refusals.join('; ')}`);
  }
  return (handlers[name] as (argument: unknown) => unknown)(parsed.data);
}
