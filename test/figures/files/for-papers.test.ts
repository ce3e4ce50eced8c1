/** Figures as other programs take them: NumPy and Matplotlib, librsvg. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { unzipSync } from 'fflate';
import { figureKinds } from '../../../src/figures/index.ts';
import { figureNpz, loadScript } from '../../../src/figures/files/npz.ts';
import { faceOf, outlined } from '../../../src/figures/files/outlines.ts';
import { renderFigureSvg } from '../../../src/lab/report/index.ts';
import { numbersOf, parseNpy } from '../../../src/study/npy.ts';
import { inputsOf, synthetic, viewOf } from '../synthetic.ts';

const folder = mkdtempSync(join(tmpdir(), 'sgdlab-paper-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const required = process.env.SGDLAB_REQUIRE_E2E === '1';
const there = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const rsvg = there('rsvg-convert', '--version');
const python = there('/usr/bin/python3', '-c', 'import matplotlib, numpy');

const require = createRequire(import.meta.url);
const face = (path: string) => {
  const bytes = readFileSync(require.resolve(path));
  return faceOf(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};
const faces = [
  face('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  face('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
];

const inputs = inputsOf(
  synthetic({ id: 'a', name: 'γ = ½, “α”', flow: true }),
  synthetic({ id: 'b', name: 'Only theory', runs: 0 }),
);
const build = (kind: string, more = {}) => {
  const view = viewOf({ heading: true, grow: true, ...more });
  const found = figureKinds.find((each) => each.kind === kind);
  if (!found) throw new Error(kind);
  return { figure: found.build(inputs, view), view };
};

describe('the numbers of a figure for NumPy', () => {
  it.each(figureKinds.filter((each) => inputs.some(({ results }) => each.applies(results))).map(({ kind }) => kind))(
    'of %s are those of its table, to the last bit',
    (kind) => {
      const { figure, view } = build(kind, { singleRuns: true });
      const members = unzipSync(figureNpz(figure, view));
      figure.table.sections.forEach(({ columns }, k) => {
        for (const { key, values } of columns)
          expect(numbersOf(parseNpy(members[`${k}/${key}.npy`]))).toEqual(Float64Array.from(values));
      });
      const plan = JSON.parse(new TextDecoder().decode(members['figure.json'])) as {
        marks: { kind: string; column?: string; curves?: { lines: { column: string }[]; dots: string | null }[] };
      };
      // what is drawn is there
      figure.table.sections.forEach(({ columns }, k) => {
        const keys = columns.map(({ key }) => key);
        const curve = plan.marks.curves?.[k];
        const drawn = curve ? [...curve.lines.map(({ column }) => column), curve.dots] : [plan.marks.column];
        for (const column of drawn) if (column) expect(keys).toContain(column);
      });
      if (kind === 'risk') expect(parseNpy(members['0/runs.npy']).shape).toEqual([5, 40]);
    },
  );

  it.skipIf(!python && !required)('are drawn again by load.py with Matplotlib', () => {
    for (const kind of ['risk', 'overlap-map']) {
      const { figure, view } = build(kind, {
        guides: [{ kind: 'slope', exponent: -0.5, x: 1, y: 0.3 }],
        band: kind === 'risk' ? 'deviation' : 'quantiles',
      });
      writeFileSync(join(folder, 'figure.npz'), figureNpz(figure, view));
      writeFileSync(join(folder, 'load.py'), loadScript());
      const out = join(folder, `${kind}.svg`);
      execFileSync('/usr/bin/python3', [join(folder, 'load.py'), out], {
        env: { ...process.env, MPLCONFIGDIR: folder },
      });
      const drawn = readFileSync(out, 'utf8');
      // Matplotlib writes text as a comment beside its outlines
      if (kind === 'risk') for (const { label } of figure.legend) expect(drawn).toContain(`<!-- ${label} -->`);
      expect(drawn).toContain(`<!-- ${figure.across.name} -->`);
    }
  });
});

it.skipIf(!python && !required)(
  'names of curves that Matplotlib would take for mathematics, or leave out, are in its legend',
  () => {
    const names = ['$\\frac{a}{b} & costs 5$', '_under', '$\\nothing{$'];
    const named = names.map((name, k) => synthetic({ id: `e${k}`, name, runs: 0 }));
    const view = viewOf({ guides: [{ kind: 'text', x: 1, y: 0.3, label: 'at $2' }] });
    const figure = figureKinds.find(({ kind }) => kind === 'risk')?.build(inputsOf(...named), view);
    if (!figure) throw new Error('risk');
    writeFileSync(join(folder, 'figure.npz'), figureNpz(figure, view));
    writeFileSync(join(folder, 'load.py'), loadScript());
    const out = join(folder, 'names.svg');
    execFileSync('/usr/bin/python3', [join(folder, 'load.py'), out], { env: { ...process.env, MPLCONFIGDIR: folder } });
    const drawn = readFileSync(out, 'utf8').replaceAll('&amp;', '&');
    for (const name of [...names, 'at $2']) expect(drawn.replaceAll('\\$', '$')).toContain(`<!-- ${name} -->`);
  },
);

describe('text as outlines', () => {
  it('leaves no text that depends on fonts, and keeps what no font has', () => {
    const { figure } = build('clean-share');
    const svg = renderFigureSvg(figure, { centimetres: true });
    const texts = svg.match(/<text /g)?.length ?? 0;
    expect(texts).toBeGreaterThan(10);
    const { svg: drawn, kept } = outlined(svg, () => faces);
    expect(kept).toEqual([]);
    expect(drawn).not.toContain('<text');
    expect(drawn.match(/<path aria-label=/g)).toHaveLength(texts);
    const japanese = '<svg><text style="font-size:10px" transform="translate(1 2)">学習率</text></svg>';
    expect(outlined(japanese, () => faces)).toEqual({ svg: japanese, kept: ['学習率'] });
  });

  it('sets a line as wide as its letters, to the side of its anchor', () => {
    const text = (anchor: string) =>
      outlined(
        `<svg><text dy="0.35em" text-anchor="${anchor}" style="font-size:100px" y="5" transform="translate(7 8)" fill="#000">II</text></svg>`,
        () => faces,
      ).svg;
    const width = (2 * (faces[0].charToGlyph('I').advanceWidth ?? 0) * 100) / faces[0].unitsPerEm;
    const moved = (svg: string) => /translate\(7 8\) translate\((\S+) (\S+)\)/.exec(svg)?.slice(1).map(Number);
    expect(moved(text('start'))).toEqual([0, 40]);
    expect(moved(text('end'))?.[0]).toBeCloseTo(-width, 3);
    expect(moved(text('middle'))?.[0]).toBeCloseTo(-width / 2, 3);
  });

  it.skipIf(!rsvg && !required)('opens in librsvg in its size in centimetres, as text does', () => {
    const { figure } = build('risk', { theme: 'paper', width: 325, height: 234, fontSize: 10.7 });
    const svg = renderFigureSvg(figure, { centimetres: true, background: '#ffffff' });
    for (const [name, content] of [
      ['text', svg],
      ['outlines', outlined(svg, () => faces).svg],
    ] as const) {
      const path = join(folder, `${name}.svg`);
      writeFileSync(path, content);
      const pdf = execFileSync('rsvg-convert', ['--format', 'pdf', path], { maxBuffer: 1e8 });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      const [, width] = /\/MediaBox\s*\[\s*0 0 ([\d.]+)/.exec(pdf.toString('latin1')) ?? [];
      expect(Number(width)).toBeCloseTo((325 / 96) * 72, 0);
    }
  });
});
