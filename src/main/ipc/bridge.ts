/** The functions of `window.lab`, made from the names of the commands: the preload script is built with these alone. */

/** One function per command, which passes its argument on. */
export const commandFunctions = (
  names: readonly string[],
  invoke: (name: string, argument: unknown) => Promise<unknown>,
): Record<string, (argument: unknown) => Promise<unknown>> =>
  Object.fromEntries(names.map((name) => [name, (argument: unknown) => invoke(name, argument)]));
