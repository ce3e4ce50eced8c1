/** The built-in studies: a new one is a file beside this one and a line here. */
import { cleanDirections } from './clean-directions.ts';
import { concentration } from './concentration.ts';
import { learningRateRules } from './learning-rate-rules.ts';
import { manyClasses } from './many-classes.ts';
import { phaseTransition } from './phase-transition.ts';
import { powerLaws } from './power-laws.ts';
import { type Preset } from './preset.ts';
import { priceOfNoise } from './price-of-noise.ts';
import { spectraCompared } from './spectra-compared.ts';
import { teacherOnMixture } from './teacher-on-mixture.ts';

export const presets: readonly Preset[] = [
  spectraCompared,
  cleanDirections,
  powerLaws,
  manyClasses,
  learningRateRules,
  priceOfNoise,
  phaseTransition,
  concentration,
  teacherOnMixture,
];

/** The preset of a name, or undefined. */
export function presetOf(name: string): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}
