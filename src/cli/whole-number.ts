/** Whole numbers that are given for options and arguments. */
import { BAD_INPUT, Exit } from './exit.ts';

/** @throws Exit if a text is no whole number between two, both included. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < least || number > most) {
    throw new Exit(BAD_INPUT, `${name}: expected a whole number from ${least} to ${most}, got ${JSON.stringify(text)}`);
  }
  return number;
}
