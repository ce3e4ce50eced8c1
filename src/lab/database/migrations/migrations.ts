/** Every migration, in order. A migration that was released never changes; a new one is a file and a line here. */
import { type Migration } from '../migrate.ts';
import { studies } from './001-studies.ts';
import { curves } from './002-curves.ts';
import { settings } from './003-settings.ts';
import { checksums } from './005-checksums.ts';
import { identity } from './004-identity.ts';

export const migrations: readonly Migration[] = [studies, curves, settings, identity, checksums];
