/** Waits for what the page does by itself a moment later. */
import { vi } from 'vitest';

/** As long as a machine under load may take: half of what a test of the page has (vitest.config.ts). */
const PATIENCE = 60_000;

/** What `check` gives as soon as it no longer throws. @throws what it throws last, after a minute. */
export const eventually = <T>(check: () => T): Promise<T> => vi.waitFor(check, { timeout: PATIENCE });
