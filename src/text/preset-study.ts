/** The built-in studies in the language of who opens them: from then on title, notes and names are the user's own. */
import { type Preset, type StudyInput } from '../study/presets/preset.ts';
import { type presets } from '../study/presets/presets.ts';
import { presetStudies as ja } from './preset-words/ja.ts';
import { type Texts } from './texts.ts';

/** The study of a preset. */
export function presetStudy(preset: Preset<(typeof presets)[number]['name']>, { language, say }: Texts): StudyInput {
  const study = preset.study();
  const words = language === 'ja' ? ja[preset.name] : undefined;
  return {
    ...study,
    name: say(`preset.${preset.name}.title`),
    notes: words?.notes ?? study.notes,
    experiments: study.experiments?.map((experiment) => ({
      ...experiment,
      name: words?.names[experiment.id] ?? experiment.name,
    })),
  };
}
