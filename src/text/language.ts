/** The languages of everything that people read. */
export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

/**
 * The language that a setting asks for: the page and the main process decide alike.
 * @param system tag of the operating system's language, such as `ja-JP`.
 */
export function languageOf(setting: Language | 'system', system: string): Language {
  if (setting !== 'system') return setting;
  return languages.find((language) => language === system.toLowerCase().split(/[-_]/)[0]) ?? 'en';
}
