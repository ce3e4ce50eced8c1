/** Immutable edits of JSON-like values by path: what is not on the path is shared between the versions. */
export type Path = readonly (string | number)[];

type Container = Record<string | number, unknown>;

/** The value at a path, or undefined. */
export function getAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) => (value !== null && typeof value === 'object' ? (value as Container)[part] : undefined),
    root,
  );
}

/** A copy of `root` with `value` at `path`; objects or lists that are missing on the way are made. */
export function setAt<T>(root: T, path: Path, value: unknown): T {
  if (path.length === 0) return value as T;
  const [part, ...rest] = path;
  const copy = shallowCopy(root, part);
  copy[part] = setAt(copy[part], rest, value);
  return copy as T;
}

/** A copy of `root` without the key or list entry at `path`; `root` itself if there is none. */
export function removeAt<T>(root: T, path: Path): T {
  const parent = path.slice(0, -1);
  const last = path[path.length - 1];
  const container = getAt(root, parent);
  if (Array.isArray(container)) {
    return setAt(
      root,
      parent,
      container.filter((_, index) => index !== last),
    );
  }
  if (container === null || typeof container !== 'object' || !(last in container)) return root;
  const { [last]: _removed, ...others } = container as Container;
  return setAt(root, parent, others);
}

/** Lists and objects alike are copied with their keys; a missing one is made for the kind of key. */
function shallowCopy(value: unknown, key: string | number): Container {
  const list = Array.isArray(value) || (typeof key === 'number' && (value === null || typeof value !== 'object'));
  const target: object = list ? [] : {};
  return Object.assign(target, value) as Container;
}
