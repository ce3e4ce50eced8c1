/**
 * What a command of the command line is. All that is said of it, in `--help`, the manual page, the completions of shells
 * and the tables of the documentation, is made from this description. Texts may hold `code` and *emphasis*.
 */

/** What a shell offers for a value: files of a kind, folders, names of presets, or one of some words. */
export type Completes = 'studies' | 'results' | 'reports' | 'files' | 'folders' | 'presets' | readonly string[];

export interface CliArgument {
  /** For example `study.json`: what stands before the dot is a placeholder. */
  readonly name: string;
  readonly required: boolean;
  readonly completes: Completes;
}

export interface CliOption {
  /** Placeholder of the value; an option without one is a flag. */
  readonly value?: string;
  readonly required?: true;
  readonly completes?: Completes;
  /** A line, without a full stop. */
  readonly about: string;
  /** Sentences for the manual. */
  readonly more?: string;
}

export type CliOptions = Readonly<Record<string, CliOption>>;

/** What is given for an option: text, text or nothing, or whether a flag is there. */
type Given<Option> = Option extends { value: string }
  ? Option extends { required: true }
    ? string
    : string | undefined
  : true | undefined;

type GivenOptions<Options> = { readonly [Name in keyof Options]: Given<Options[Name]> };
type GivenArgument<Argument> = Argument extends { required: true } ? string : string | undefined;
type GivenArguments<Arguments> = { readonly [Place in keyof Arguments]: GivenArgument<Arguments[Place]> };

export interface CliCommand<
  Arguments extends readonly CliArgument[] = readonly CliArgument[],
  Options extends CliOptions = CliOptions,
> {
  /** In their order; those that are not required come last. */
  readonly arguments: Arguments;
  /** A line, without a full stop. */
  readonly about: string;
  /** Sentences for the manual. */
  readonly more?: string;
  readonly options: Options;
  /** Does it. The exit status; an Exit ends it with a message. */
  run(given: GivenArguments<Arguments>, options: GivenOptions<Options>): number | Promise<number>;
}

/** A command whose `run` is handed what its arguments and options say. */
export const cliCommand = <const Arguments extends readonly CliArgument[], const Options extends CliOptions>(
  command: CliCommand<Arguments, Options>,
): CliCommand => command as unknown as CliCommand;

/** Plain text of a text with marks. */
export const unmarked = (text: string): string => text.replace(/[`*]/g, '');
