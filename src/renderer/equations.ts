/** The equations of an experiment in TeX, with its numbers put in. */
import { lossKind, outputsOf } from '../core/loss/loss-spec.ts';
import { arrangementKind } from '../core/model/arrangement/arrangement-kinds.ts';
import { profileKind } from '../core/model/profile/profile-kinds.ts';
import { spectrumKind } from '../core/model/spectrum/spectrum-spec.ts';
import { scheduleKind } from '../core/schedule/schedule-spec.ts';
import { methodKind } from '../core/update/method/method-kinds.ts';
import { type GradientShape } from '../core/update/update.ts';
import { createUpdate } from '../core/update/create-update.ts';
import { type Experiment } from '../core/experiment/schema.ts';
import { texNumber } from '../core/description/tex.ts';

export interface Equation {
  /** Number in docs/theory.md. */
  readonly number: string;
  readonly general: string;
  /** With the numbers of the experiment; empty where there are none to put in. */
  readonly filled: string;
}

/** γ(t) of the experiment's rule. */
export const scheduleTex = ({ optimizer: { schedule } }: Experiment): string => scheduleKind(schedule).tex(schedule);

const weighted = (priors: readonly number[], term: (i: number) => string): string => {
  const shown = priors.length <= 3 ? priors : priors.slice(0, 2);
  const terms = shown.map((prior, k) => `${texNumber(prior)}\\,${term(k + 1)}`);
  return [...terms, ...(shown.length < priors.length ? ['\\cdots'] : [])].join(' + ');
};

export function equations(experiment: Experiment): Equation[] {
  const { optimizer, model } = experiment;
  const { plain, shape } = createUpdate(optimizer, model.dimension);
  if (experiment.parameterization.kind === 'diagonal') return diagonalEquations(experiment);
  if (shape) return shapedEquations(experiment, shape);
  return plain ? plainEquations(experiment) : fieldEquations(experiment);
}

/** μ g + λ (H x̄ + H* x*) of one class. */
function meanGradient(experiment: Experiment, i: number): string {
  const hasTeacher = outputsOf(experiment, experiment.model.priors.length).teacherOutputs > 0;
  const pull = hasTeacher ? `(H_{${i}} \\bar x_\\rho + H^{*}_{${i}} x^{*}_\\rho)` : `H_{${i}} \\bar x_\\rho`;
  return `\\big[\\mu_{${i},\\rho}\\, g_{${i}} + \\lambda_{${i},\\rho} ${pull}\\big]`;
}

/** Of signs and clipped norms: the step, and what (T4) and (T5) become. */
function shapedEquations(experiment: Experiment, shape: GradientShape): Equation[] {
  const { optimizer, model } = experiment;
  const { method, ridge } = optimizer;
  const decay = ridge > 0 ? `, \\quad X \\leftarrow X - \\tfrac{\\gamma}{d}\\, ${texNumber(ridge)}\\, X` : '';
  const step = {
    number: 'T1',
    general: 'X \\leftarrow X - \\frac{\\gamma_k}{d}\\,\\big(s(a \\otimes \\nabla f_i(r)) + \\delta X\\big)',
    filled: `${methodKind(method).tex(method)}, \\quad G = a \\otimes \\nabla f_i(r)${decay}, \\; d = ${texNumber(model.dimension)}`,
  };
  if (shape.kind === 'clip') {
    return [
      step,
      {
        number: 'T15',
        general:
          "\\tilde f_i' = \\mathrm{clip}(f_i', \\pm\\tau_i), \\quad \\tau_i = c \\sqrt{d} \\big/ \\sqrt{\\mathrm{tr}\\, K_i + \\|\\mu_i\\|^2}, \\quad g_i, H_i, Q_i \\text{ of } \\tilde f_i \\text{ in (T4), (T5)}",
        filled: `\\tau_i = ${texNumber(shape.threshold)} \\sqrt{${texNumber(model.dimension)}} \\big/ \\sqrt{\\mathrm{tr}\\, K_i + \\|\\mu_i\\|^2}`,
      },
    ];
  }
  return [
    step,
    {
      number: 'T14',
      general:
        '\\begin{aligned} \\dot{\\bar x}_\\rho &= -\\gamma D_\\rho, \\quad \\nu_{i,\\rho} = \\mu_{i,\\rho} / \\sqrt{\\lambda_{i,\\rho}}, \\\\ D_\\rho &= \\textstyle\\sum_i p_i \\big[(2\\Phi(\\nu_{i,\\rho}) - 1)\\, \\tilde g_i + 2\\varphi(\\nu_{i,\\rho}) \\sqrt{\\lambda_{i,\\rho}}\\, (\\tilde H_i \\bar x_\\rho + \\tilde H^{*}_i x^{*}_\\rho)\\big], \\\\ \\dot S_\\rho &= -2\\gamma S_\\rho \\textstyle\\sum_i p_i\\, 2\\varphi(\\nu_{i,\\rho}) \\sqrt{\\lambda_{i,\\rho}}\\, \\tilde H_i + \\frac{\\gamma^2}{d} (1 - D_\\rho^2) \\end{aligned}',
      filled: `D_\\rho = ${weighted(model.priors, (i) => `\\big[(2\\Phi(\\nu_{${i},\\rho}) - 1)\\, \\tilde g_{${i}} + 2\\varphi(\\nu_{${i},\\rho}) \\sqrt{\\lambda_{${i},\\rho}}\\, \\tilde H_{${i}} \\bar x_\\rho\\big]`)}`,
    },
  ];
}

/** Of an update with state: its step, and (T13). */
function fieldEquations(experiment: Experiment): Equation[] {
  const { optimizer, model } = experiment;
  const { method, batchSize, ridge } = optimizer;
  const ridgeTerm = (of: string) => (ridge > 0 ? ` + ${texNumber(ridge)}\\, ${of}` : '');
  const mean = batchSize > 1 ? `\\quad \\text{mean of } ${texNumber(batchSize)}` : '';
  return [
    {
      number: 'T1',
      general: 'Z \\leftarrow M_k Z - b_k\\, G, \\quad G = a \\otimes \\nabla f_i(r) + \\delta X',
      filled: `${methodKind(method).tex(method)}, \\quad G = a \\otimes \\nabla f_i(r)${ridgeTerm('X')}, \\; d = ${texNumber(model.dimension)}${mean}`,
    },
    {
      number: 'T13',
      general:
        '\\begin{aligned} \\dot{\\bar z}_\\rho &= L \\bar z_\\rho - \\beta D_\\rho, \\quad A_\\rho = \\textstyle\\sum_i p_i \\lambda_{i,\\rho} H_i + \\delta, \\\\ \\dot S_\\rho &= (L - A_\\rho \\beta e_1^{\\top}) S_\\rho + S_\\rho (L - A_\\rho \\beta e_1^{\\top})^{\\top} + \\textstyle\\frac{1}{d\\,b} \\sum_i p_i (\\lambda_{i,\\rho} + \\mu_{i,\\rho}^2)\\, Q_i\\, \\beta \\beta^{\\top} \\end{aligned}',
      filled: `D_\\rho = ${weighted(model.priors, (i) => meanGradient(experiment, i))}${ridgeTerm('\\bar x_\\rho')}`,
    },
  ];
}

/** Of a diagonal network: its step, and the process of a coordinate. */
function diagonalEquations({ parameterization, optimizer: { schedule, batchSize } }: Experiment): Equation[] {
  const gamma = schedule.kind === 'constant' ? texNumber(schedule.rate) : '\\gamma(t)';
  const scale = parameterization.kind === 'diagonal' ? texNumber(parameterization.scale) : '\\alpha_0';
  const power = (factor: number) => texNumber(factor / batchSize);
  return [
    {
      number: 'T1',
      general:
        'X = u^2 - v^2, \\quad u \\leftarrow u - \\frac{2\\gamma_k}{\\sqrt d}\\, u \\odot G, \\quad v \\leftarrow v + \\frac{2\\gamma_k}{\\sqrt d}\\, v \\odot G, \\quad G = a \\otimes \\nabla f_i(r)',
      filled: `\\gamma = ${gamma}, \\quad u = v = ${scale}\\, d^{-1/4} \\text{ at } t = 0`,
    },
    {
      number: 'N3',
      general:
        'B = 2\\alpha_0^2\\, e^{-8\\gamma^2 \\lambda \\int R / b} \\sinh \\eta, \\quad d\\eta = -4\\gamma\\lambda (B - \\sqrt d\\, x^{*})\\, dt - \\sqrt{32 \\gamma^2 \\lambda R / b}\\; dW, \\quad B = \\sqrt d\\, X_\\rho',
      filled: `B = 2 \\cdot ${scale}^2\\, e^{-${power(8)}\\, ${gamma}^2 \\lambda \\int R} \\sinh \\eta, \\quad d\\eta = -4 \\cdot ${gamma}\\, \\lambda (B - \\sqrt d\\, x^{*})\\, dt - \\sqrt{${power(32)}\\, \\lambda R}\\, ${gamma}\\; dW`,
    },
  ];
}

function plainEquations(experiment: Experiment): Equation[] {
  const { model, optimizer } = experiment;
  const { batchSize, ridge, schedule } = optimizer;
  const gamma = schedule.kind === 'constant' ? texNumber(schedule.rate) : '\\gamma(t)';
  const d = texNumber(model.dimension);
  const ridgeTerm = (text: string) => (ridge > 0 ? ` ${text}` : '');
  const drift = (i: number) => meanGradient(experiment, i);
  return [
    {
      number: 'T1',
      general: 'X \\leftarrow X - \\frac{\\gamma_k}{d}\\,\\big(a \\otimes \\nabla f_i(r) + \\delta X\\big)',
      filled: `X \\leftarrow X - \\frac{${gamma}}{${d}}\\,\\big(a \\otimes \\nabla f_i(r)${ridgeTerm(`+ ${texNumber(ridge)}\\, X`)}\\big)${batchSize > 1 ? `\\quad \\text{mean of } ${texNumber(batchSize)}` : ''}`,
    },
    {
      number: 'T4',
      general:
        '\\dot{\\bar x}_\\rho = -\\gamma \\sum_i p_i \\big[\\mu_{i,\\rho}\\, g_i + \\lambda_{i,\\rho} (H_i \\bar x_\\rho + H^{*}_i x^{*}_\\rho)\\big] - \\gamma \\delta\\, \\bar x_\\rho',
      filled: `\\dot{\\bar x}_\\rho = -${gamma} \\big( ${weighted(model.priors, drift)}${ridgeTerm(`+ ${texNumber(ridge)}\\, \\bar x_\\rho`)} \\big)`,
    },
    {
      number: 'T5',
      general:
        '\\dot S_\\rho = -\\gamma \\sum_i p_i \\lambda_{i,\\rho} (H_i S_\\rho + S_\\rho H_i) - 2\\gamma\\delta S_\\rho + \\frac{\\gamma^2}{d\\,b} \\sum_i p_i (\\lambda_{i,\\rho} + \\mu_{i,\\rho}^2)\\, Q_i',
      filled: `\\dot S_\\rho = -${gamma} \\sum_i p_i \\lambda_{i,\\rho} (H_i S_\\rho + S_\\rho H_i)${ridgeTerm(`- ${texNumber(2 * ridge)}\\,${gamma}\\, S_\\rho`)} + \\frac{${schedule.kind === 'constant' ? texNumber(schedule.rate ** 2) : '\\gamma(t)^2'}}{${texNumber(model.dimension * batchSize)}} \\sum_i p_i (\\lambda_{i,\\rho} + \\mu_{i,\\rho}^2)\\, Q_i`,
    },
  ];
}

/** λ and μ of the model, and f where the description says it. */
export function modelTex({ model, loss }: Experiment): string[] {
  const { spectrum, means } = model;
  const { profiled, tex: coefficients } = arrangementKind(means.arrangement);
  const energy = means.profile ? profileKind(means.profile).tex(means.profile) : '1/d';
  const scale = means.scale === 1 ? '' : `${texNumber(means.scale)}\\,`;
  return [
    spectrumKind(spectrum).tex(spectrum),
    profiled
      ? `\\mu_{i,\\rho} = ${scale}A_{i,\\rho} \\sqrt{e_\\rho}, \\quad A = ${coefficients},\\; e_\\rho = ${energy}`
      : '\\mu_{i,\\rho} \\text{ given}',
    ...[lossKind(loss.kind).tex?.(loss)].filter((tex) => tex !== undefined),
  ];
}
