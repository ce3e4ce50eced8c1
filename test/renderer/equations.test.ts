/** The formulas that kinds write of themselves, and the equations of an experiment, as KaTeX takes them. */
import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { lossKinds } from '../../src/core/loss/loss-spec.ts';
import { arrangementKinds } from '../../src/core/model/arrangement/arrangement-kinds.ts';
import { profileKinds } from '../../src/core/model/profile/profile-kinds.ts';
import { spectrumKinds } from '../../src/core/model/spectrum/spectrum-kinds.ts';
import { scheduleKinds } from '../../src/core/schedule/schedule-kinds.ts';
import { methodKinds } from '../../src/core/update/method/method-kinds.ts';
import { type ExperimentDraft } from '../../src/api/types.ts';
import { parseExperiment } from '../../src/study/parse.ts';
import {
  emptyExperiment,
  withArrangement,
  withLoss,
  withMethod,
  withProfile,
  withSchedule,
  withSpectrum,
} from '../../src/renderer/draft/experiment.ts';
import { setAt } from '../../src/renderer/draft/path.ts';
import { equations, modelTex, scheduleTex } from '../../src/renderer/equations.ts';

const base = () => setAt(emptyExperiment('one', 'One'), ['model', 'dimension'], 40);
const kinds: [string, ExperimentDraft][] = [
  ...spectrumKinds.map(({ kind }): [string, ExperimentDraft] => [`spectrum ${kind}`, withSpectrum(base(), kind)]),
  ...arrangementKinds.map(({ kind }): [string, ExperimentDraft] => [
    `arrangement ${kind}`,
    withArrangement(base(), kind),
  ]),
  ...profileKinds.map(({ kind }): [string, ExperimentDraft] => [
    `profile ${kind}`,
    withProfile(withSpectrum(base(), 'zero-one'), kind),
  ]),
  ...lossKinds.map(({ kind }): [string, ExperimentDraft] => [`loss ${kind}`, withLoss(base(), kind)]),
  ...methodKinds.map(({ kind }): [string, ExperimentDraft] => [`method ${kind}`, withMethod(base(), kind)]),
  ...scheduleKinds.map(({ kind }): [string, ExperimentDraft] => [`schedule ${kind}`, withSchedule(base(), kind)]),
];

describe('the equations of an experiment', () => {
  it.each(kinds)('are TeX without an error, a NaN or an empty place: %s', (_name, draft) => {
    const parsed = parseExperiment(draft);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
    const all = [
      ...modelTex(parsed.value),
      scheduleTex(parsed.value),
      ...equations(parsed.value).flatMap(({ general, filled }) => [general, filled]),
    ];
    for (const source of all) {
      expect(() => katex.renderToString(source, { throwOnError: true, strict: 'error' })).not.toThrow();
      expect(source).not.toMatch(/NaN|undefined|Infinity/);
      expect(source.trim()).not.toBe('');
    }
  });

  it('say the numbers of each kind', () => {
    const say = (draft: ExperimentDraft) => {
      const parsed = parseExperiment(draft);
      return parsed.ok ? [...modelTex(parsed.value), scheduleTex(parsed.value)] : [];
    };
    expect(say(base())).toEqual([
      '\\lambda_{i,\\rho} = s_i\\,(\\rho/d)^{\\alpha_i}, \\quad \\alpha = (1.1,\\,1.5),\\; s = (1,\\,1)',
      '\\mu_{i,\\rho} = A_{i,\\rho} \\sqrt{e_\\rho}, \\quad A = \\pm 1,\\; e_\\rho = (\\rho/d)^{0.2}/d',
      '\\gamma = 1',
    ]);
  });
});
