export function buildInstaller(made: { packaged: string; target: string; work: string }): Promise<void>;
