/** The built-in studies: a new one is a file beside this one, a line here, and its title and description in src/text. */
import { averages } from './averages.ts';
import { cleanDirections } from './clean-directions.ts';
import { concentration } from './concentration.ts';
import { doubleDescent } from './double-descent.ts';
import { criticalStepSize } from './critical-step-size.ts';
import { learningRateRules } from './learning-rate-rules.ts';
import { manyClasses } from './many-classes.ts';
import { manyPasses } from './many-passes.ts';
import { momentumAndDana } from './momentum-and-dana.ts';
import { oneThirdLaw } from './one-third-law.ts';
import { phaseRetrievalEscape } from './phase-retrieval-escape.ts';
import { phaseTransition } from './phase-transition.ts';
import { powerLaws } from './power-laws.ts';
import { type Preset } from './preset.ts';
import { priceOfNoise } from './price-of-noise.ts';
import { richAndKernel } from './rich-and-kernel.ts';
import { signAndClipping } from './sign-and-clipping.ts';
import { twoLayersOnXor } from './two-layers-on-xor.ts';
import { spectraCompared } from './spectra-compared.ts';
import { teacherOnMixture } from './teacher-on-mixture.ts';
import { theorysOwnBand } from './theorys-own-band.ts';
import { yourOwnLoss } from './your-own-loss.ts';

export const presets = [
  spectraCompared,
  cleanDirections,
  powerLaws,
  manyClasses,
  learningRateRules,
  priceOfNoise,
  phaseTransition,
  concentration,
  teacherOnMixture,
  manyPasses,
  doubleDescent,
  momentumAndDana,
  signAndClipping,
  averages,
  theorysOwnBand,
  twoLayersOnXor,
  richAndKernel,
  criticalStepSize,
  yourOwnLoss,
  oneThirdLaw,
  phaseRetrievalEscape,
] as const satisfies readonly Preset[];

export type PresetName = (typeof presets)[number]['name'];

/** The preset of a name, or undefined. */
export function presetOf(name: string): (typeof presets)[number] | undefined {
  return presets.find((preset) => preset.name === name);
}
