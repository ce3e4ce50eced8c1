/** Paths into a description, and the values there. */

import { short } from './found.ts';

export type PathPart = string | number | symbol;

/** `experiments[0].model` from its parts. Keys that are not plain names are quoted. */
export function formatPath(parts: readonly PathPart[]): string {
  return parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    const name = String(part);
    if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `${path}[${short(name)}]`;
    return path === '' ? name : `${path}.${name}`;
  }, '');
}

/** The value at a path, or undefined. */
export function valueAt(root: unknown, parts: readonly PathPart[]): unknown {
  return parts.reduce<unknown>(
    (value, part) =>
      value !== null && typeof value === 'object' ? (value as Record<PathPart, unknown>)[part] : undefined,
    root,
  );
}
