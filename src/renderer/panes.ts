/** The panes of the window, which F6 goes through: elements with `data-pane`, in their order on the page. */

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

/** Moves the focus into the next pane that is shown; to its first field, or to the pane itself. */
export function focusPane(direction: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.isConnected);
  if (panes.length === 0) return;
  const now = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = now < 0 ? (direction > 0 ? 0 : panes.length - 1) : (now + direction + panes.length) % panes.length;
  enter(panes[next]);
}

/** Moves the focus to what the window is about, past bars and lists. */
export function skipToMain(): void {
  const main = document.querySelector<HTMLElement>('[data-pane="main"]');
  if (main) enter(main);
}

function enter(pane: HTMLElement): void {
  const first = pane.querySelector<HTMLElement>(FOCUSABLE);
  if (!first) pane.tabIndex = -1;
  (first ?? pane).focus();
}
