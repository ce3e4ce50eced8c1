/** Root folder of the checkout. */
export const root: string;
/** Makes out/ match the sources. */
export function ensureBuild(): void;
