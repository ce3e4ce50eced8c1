/** Fills `folder` with the app. */
export function stageApp(folder: string, options?: { forTests?: boolean }): Promise<void>;
