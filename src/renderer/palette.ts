/** What parts of the page offer to the palette while they are shown, beside the commands of the table (commands.ts). */
import { computed, onBeforeUnmount, shallowReactive, useId, type ComputedRef } from 'vue';
import { type Command } from './commands.ts';
import { type MenuEntry } from './components/shell/menu.ts';
import { t } from './i18n/index.ts';

const offers = shallowReactive(new Set<ComputedRef<readonly Command[]>>());

/** What is offered now. */
export const offered = (): readonly Command[] => [...offers].flatMap((each) => each.value);

/**
 * Offers the entries of a menu to the palette, until the component that calls this is gone.
 * @param name of what the entries are done to; it stands before each.
 */
export function offerMenu(name: () => string, entries: () => readonly MenuEntry[]): void {
  const id = useId();
  const offer = computed(() =>
    entries().flatMap((entry, k): Command[] =>
      entry.kind === 'separator' || entry.kind === 'label'
        ? []
        : [
            {
              id: `${id}-${k}`,
              label: t('list.of', { name: name(), said: entry.label }),
              enabled: entry.kind === 'check' || !entry.disabled,
              run: entry.run,
            },
          ],
    ),
  );
  offers.add(offer);
  onBeforeUnmount(() => offers.delete(offer));
}
