/** The built-in studies: a new one is a file beside this one and a line here. */
import { cleanDirections } from './clean-directions.ts';
import { powerLaws } from './power-laws.ts';
import { type Preset } from './preset.ts';
import { spectraCompared } from './spectra-compared.ts';

export const presets: readonly Preset[] = [spectraCompared, cleanDirections, powerLaws];

/** The preset of a name, or undefined. */
export function presetOf(name: string): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}
