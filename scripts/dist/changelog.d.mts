export function releaseNotes(markdown: string): string;
