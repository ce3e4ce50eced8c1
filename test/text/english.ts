/** Finds what is not said in Japanese: words of Latin letters that are no symbol, no name and no unit. */

/** What is the same in every language: symbols, names of methods, formats. */
const SAME = new Set(
  'SGD R_SGD R_ODE R_O ODE AdaGrad Norm Polyak log min max sup cos relu tr X_G m_G x*_o X_o μ_G'.split(' '),
);

/** Words of two letters and more; what an underscore joins is one. */
const WORD = /[A-Za-z_]{2,}/g;

/** @param names what the user has named, which stays as it is. */
export function englishIn(text: string, names: readonly string[] = []): string[] {
  const own = names.reduce((rest, name) => rest.replaceAll(name, ' '), text);
  return [...own.matchAll(WORD)].map(([word]) => word).filter((word) => !SAME.has(word) && /[A-Za-z]{2}/.test(word));
}

/** Characters that only Japanese has. */
export const japaneseIn = (text: string): string[] => text.match(/[\u3040-\u30ff\u3400-\u9fff\uff01-\uff60]/g) ?? [];
