export function finish(folder: string): Promise<void>;
