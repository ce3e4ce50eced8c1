/** Every kind that the editor offers has its name in every language. */
import { expect, it } from 'vitest';
import { dataKinds } from '../../src/core/data/data-spec.ts';
import { engineKinds } from '../../src/core/engines/engine-kinds.ts';
import { labelsKinds } from '../../src/core/labels/labels-spec.ts';
import { lossKinds } from '../../src/core/loss/loss-spec.ts';
import { arrangementKinds } from '../../src/core/model/arrangement/arrangement-kinds.ts';
import { profileKinds } from '../../src/core/model/profile/profile-kinds.ts';
import { spectrumKinds } from '../../src/core/model/spectrum/spectrum-kinds.ts';
import { scheduleKinds } from '../../src/core/schedule/schedule-kinds.ts';
import { curveKinds } from '../../src/core/theory/curves/curve-kinds.ts';
import { averageKinds } from '../../src/core/update/average/average-kinds.ts';
import { methodKinds } from '../../src/core/update/method/method-kinds.ts';
import { languages } from '../../src/text/language.ts';
import { texts } from '../../src/text/texts.ts';

const registries: Readonly<Record<string, readonly { readonly kind: string }[]>> = {
  spectrum: spectrumKinds,
  arrangement: arrangementKinds,
  profile: profileKinds,
  data: dataKinds,
  labels: labelsKinds,
  loss: lossKinds,
  method: methodKinds,
  average: averageKinds,
  schedule: scheduleKinds,
  engine: engineKinds,
  curve: curveKinds,
};

it.each(languages)('kinds have names of their own in %s', (language) => {
  for (const [section, kinds] of Object.entries(registries))
    for (const { kind } of kinds)
      expect(texts(language).named(`kind.${section}.${kind}`, ''), `${section}: ${kind}`).not.toBe('');
});
