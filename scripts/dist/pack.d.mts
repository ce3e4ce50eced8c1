import { type FuseV1Options } from '@electron/fuses';

/** Switches in Electron's executable. */
export function fuses(platform: NodeJS.Platform, forTests: boolean): Record<FuseV1Options, boolean>;
