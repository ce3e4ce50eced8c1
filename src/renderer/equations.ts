/** The equations of an experiment in TeX, with its numbers put in. */
import { type Experiment } from '../core/study/schema.ts';

export interface Equation {
  /** Number in docs/theory.md. */
  readonly number: string;
  readonly general: string;
  /** With the numbers of the experiment; empty where there are none to put in. */
  readonly filled: string;
}

/** A number in TeX: 0.05, 10^{6}. */
export function tex(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const short = String(Number(value.toPrecision(4)));
  const [mantissa, exponent] = short.includes('e')
    ? short.split('e')
    : Number(short) >= 1e6
      ? Number(short).toExponential().split('e')
      : [short];
  if (exponent === undefined) return mantissa;
  const power = `10^{${Number(exponent)}}`;
  return mantissa === '1' ? power : `${mantissa} \\cdot ${power}`;
}

/** γ(t) of the experiment's rule. */
export function scheduleTex({ optimizer: { schedule } }: Experiment): string {
  switch (schedule.kind) {
    case 'constant':
      return `\\gamma = ${tex(schedule.rate)}`;
    case 'power-decay':
      return `\\gamma(t) = ${tex(schedule.rate)}\\,(1 + t/${tex(schedule.timescale)})^{-${tex(schedule.exponent)}}`;
    case 'piecewise':
      return `\\gamma(t) = ${schedule.rates
        .slice(0, 6)
        .map((rate, k) => `${tex(rate)}\\;(t \\ge ${tex(schedule.times[k] ?? 0)})`)
        .join(',\\; ')}`;
    case 'warmup':
      return `\\gamma(t) = ${tex(schedule.rate)}\\,\\min(1, t/${tex(schedule.duration)})`;
    case 'adagrad-norm':
      return `\\gamma(t) = ${tex(schedule.rate)} \\Big/ \\sqrt{${tex(schedule.offset)}^2 + G(t)}`;
    case 'polyak':
      return '\\gamma(t) = R \\,/\\, P, \\quad P = \\tfrac{1}{d}\\,\\mathbb{E}\\|\\nabla\\Psi\\|^2';
    case 'line-search':
      return '\\gamma(t) = D \\,/\\, 2N, \\quad \\dot F = -\\gamma D + \\gamma^2 N';
  }
}

const weighted = (priors: readonly number[], term: (i: number) => string): string => {
  const shown = priors.length <= 3 ? priors : priors.slice(0, 2);
  const terms = shown.map((prior, k) => `${tex(prior)}\\,${term(k + 1)}`);
  return [...terms, ...(shown.length < priors.length ? ['\\cdots'] : [])].join(' + ');
};

export function equations(experiment: Experiment): Equation[] {
  const { model, optimizer, loss } = experiment;
  const { batchSize, ridge, schedule } = optimizer;
  const gamma = schedule.kind === 'constant' ? tex(schedule.rate) : '\\gamma(t)';
  const d = tex(model.dimension);
  const ridgeTerm = (text: string) => (ridge > 0 ? ` ${text}` : '');
  const teacher = loss.kind === 'teacher-least-squares' ? ' - x^{*}_\\rho' : '';
  const drift = (i: number) =>
    teacher === ''
      ? `\\big[\\mu_{${i},\\rho}\\, g_{${i}} + \\lambda_{${i},\\rho} H_{${i}} \\bar x_\\rho\\big]`
      : `\\big[\\mu_{${i},\\rho}\\, g_{${i}} + \\lambda_{${i},\\rho} (\\bar x_\\rho${teacher})\\big]`;
  return [
    {
      number: 'T1',
      general: 'X \\leftarrow X - \\frac{\\gamma_k}{d}\\,\\big(a \\otimes \\nabla f_i(r) + \\delta X\\big)',
      filled: `X \\leftarrow X - \\frac{${gamma}}{${d}}\\,\\big(a \\otimes \\nabla f_i(r)${ridgeTerm(`+ ${tex(ridge)}\\, X`)}\\big)${batchSize > 1 ? `\\quad \\text{mean of } ${tex(batchSize)}` : ''}`,
    },
    {
      number: 'T4',
      general:
        '\\dot{\\bar x}_\\rho = -\\gamma \\sum_i p_i \\big[\\mu_{i,\\rho}\\, g_i + \\lambda_{i,\\rho} (H_i \\bar x_\\rho + H^{*}_i x^{*}_\\rho)\\big] - \\gamma \\delta\\, \\bar x_\\rho',
      filled: `\\dot{\\bar x}_\\rho = -${gamma} \\big( ${weighted(model.priors, drift)}${ridgeTerm(`+ ${tex(ridge)}\\, \\bar x_\\rho`)} \\big)`,
    },
    {
      number: 'T5',
      general:
        '\\dot S_\\rho = -\\gamma \\sum_i p_i \\lambda_{i,\\rho} (H_i S_\\rho + S_\\rho H_i) - 2\\gamma\\delta S_\\rho + \\frac{\\gamma^2}{d\\,b} \\sum_i p_i (\\lambda_{i,\\rho} + \\mu_{i,\\rho}^2)\\, Q_i',
      filled: `\\dot S_\\rho = -${gamma} \\sum_i p_i \\lambda_{i,\\rho} (H_i S_\\rho + S_\\rho H_i)${ridgeTerm(`- ${tex(2 * ridge)}\\,${gamma}\\, S_\\rho`)} + \\frac{${schedule.kind === 'constant' ? tex(schedule.rate ** 2) : '\\gamma(t)^2'}}{${tex(model.dimension * batchSize)}} \\sum_i p_i (\\lambda_{i,\\rho} + \\mu_{i,\\rho}^2)\\, Q_i`,
    },
  ];
}

/** λ and μ² of the model. */
export function modelTex({ model }: Experiment): string[] {
  const { spectrum, means } = model;
  const lines: string[] = [];
  const list = (values: readonly number[]) =>
    values.length <= 4 ? values.map(tex).join(',\\,') : `${values.slice(0, 3).map(tex).join(',\\,')},\\,\\ldots`;
  if (spectrum.kind === 'power-law') {
    lines.push(
      `\\lambda_{i,\\rho} = s_i\\,(\\rho/d)^{\\alpha_i}, \\quad \\alpha = (${list(spectrum.exponents)}),\\; s = (${list(spectrum.scales ?? [])})`,
    );
  } else if (spectrum.kind === 'identity') {
    lines.push(`\\lambda_{i,\\rho} = v_i, \\quad v = (${list(spectrum.variances ?? [])})`);
  } else if (spectrum.kind === 'zero-one') {
    const blocks = spectrum.blocks
      .slice(0, 6)
      .map((block) => `(${block.eigenvalues.join(',')})\\!: ${tex(block.fraction)}`);
    lines.push(`\\lambda_{i,\\rho} \\in \\{0, 1\\}, \\quad ${blocks.join(',\\; ')}`);
  } else {
    lines.push('\\lambda_{i,\\rho} \\text{ given}');
  }
  const shape = {
    opposite: '\\pm 1',
    cosine: '\\sqrt2 \\cos(\\pi i (\\rho - \\tfrac12)/d)',
    gaussian: '\\mathcal{N}(0,1)',
    custom: '',
  };
  const energy =
    means.profile?.kind === 'power-law'
      ? `(\\rho/d)^{${tex(means.profile.exponent)}}/d`
      : means.profile?.kind === 'blocks'
        ? `w_\\beta / n_\\beta,\\; w = (${list(means.profile.weights)})`
        : '1/d';
  lines.push(
    means.arrangement.kind === 'custom'
      ? '\\mu_{i,\\rho} \\text{ given}'
      : `\\mu_{i,\\rho} = ${means.scale === 1 ? '' : `${tex(means.scale)}\\,`}A_{i,\\rho} \\sqrt{e_\\rho}, \\quad A = ${shape[means.arrangement.kind]},\\; e_\\rho = ${energy}`,
  );
  return lines;
}
