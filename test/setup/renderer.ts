/** Before every renderer test: any warning of Vue fails the test that caused it, and stores start fresh. */
import { config } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { replaceLab } from '../../src/renderer/lab.ts';

// the page has a doctype; the test document has none, and KaTeX asks
Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });

let warnings: string[] = [];
config.global.config.warnHandler = (message, _instance, trace) => warnings.push(`${message}${trace}`);

beforeEach(() => {
  warnings = [];
  setActivePinia(createPinia());
  // warnings outside a mounted app (reactivity, injection) go to the console
  vi.spyOn(console, 'warn').mockImplementation((...parts: unknown[]) => {
    warnings.push(parts.map(String).join(' '));
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  replaceLab(null);
  document.body.replaceChildren();
  localStorage.clear();
  expect(warnings, 'Vue warned').toEqual([]);
});
