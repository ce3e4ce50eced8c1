/** The spectra that exist: a new one is a file beside this one and a line here. */
import { custom } from './custom.ts';
import { identity } from './identity.ts';
import { powerLaw } from './power-law.ts';
import { zeroOne } from './zero-one.ts';

export const spectrumKinds = [identity, zeroOne, powerLaw, custom] as const;
