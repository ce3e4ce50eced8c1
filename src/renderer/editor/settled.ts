/** A value that follows another once that has not changed for a moment: what takes long must not wait upon typing. */
import { shallowRef, watch, type ShallowRef } from 'vue';

const PAUSE_MS = 200;

/** The latest value of a source that stood still for a while; null at first. */
export function useSettled<T>(source: () => T): Readonly<ShallowRef<T | null>> {
  const settled = shallowRef<T | null>(null);
  watch(
    source,
    (value, _before, onCleanup) => {
      const timer = setTimeout(() => (settled.value = value), PAUSE_MS);
      onCleanup(() => clearTimeout(timer));
    },
    { immediate: true },
  );
  return settled;
}
