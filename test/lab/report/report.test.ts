import { describe, expect, it } from 'vitest';
import { refusal } from '../../../src/refusal/refusal.ts';
import { experimentStyle, themes } from '../../../src/figures/index.ts';
import { texts } from '../../../src/text/texts.ts';
import { renderReport } from '../../../src/lab/report/index.ts';
import { compute, sweepStudy } from '../../figures/sweep/computed.ts';
import { synthetic } from '../../figures/synthetic.ts';

const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(1)>"'`;
const provenance = {
  app: '0.1.0',
  versions: { node: '20.0.0' },
  platform: 'linux-x64',
  started: '2026-01-01T10:00:00.000Z',
  ended: '2026-01-01T10:00:09.000Z',
  seeds: { one: 1 },
  hashes: { one: 'abc' },
};

const experiments = [{ id: 'one' }, { id: 'two' }];
const results = [synthetic({ flow: true }), synthetic({ id: 'two', name: 'Two', runs: 0 })];

/** Tags by name, with their attributes. */
const tags = (html: string): string[] => html.match(/<[a-z][^>]*>/gi) ?? [];

describe('a report', () => {
  const html = renderReport(
    texts('en'),
    results,
    { name: 'A study', notes: '**bold** and $x^2$', experiments },
    provenance,
  );

  it('holds every experiment with settings, final values and figures', () => {
    expect(html).toContain('<h1>A study</h1>');
    expect(html).toContain('<strong>bold</strong>');
    for (const text of ['One', 'Two', 'Power law, Exponents α (1.1, 1.5)', 'SGD mean ± sd', 'Alignment by group']) {
      expect(html).toContain(text);
    }
    expect(html.match(/<svg /g)?.length).toBeGreaterThan(8);
  });

  it('shows theory beside the mean of the runs and their difference in standard errors', () => {
    const last = results[0].frame.t.length - 1;
    const { size } = results[0].frame.layout;
    const theory = results[0].curves[0].rows[last * size];
    expect(html).toContain(theory.toPrecision(4));
    expect(html).toContain('diff. / se');
  });

  it('warns at the top, before the notes and any result, and beside the settings, by the names that the editor uses', () => {
    const of = synthetic({ dimension: 8 });
    const optimizer = { ...of.experiment.optimizer, ridge: 1e6 };
    const warned = { ...of, experiment: { ...of.experiment, optimizer } };
    const page = renderReport(texts('en'), [warned], { name: 'Warned', notes: 'Some notes', experiments }, null);
    const sentence = 'Ridge δ (optimizer.ridge): γδ/d = ';
    const [first, second] = [page.indexOf(`<li>One: ${sentence}`), page.indexOf(`Warning: ${sentence}`)];
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(page.indexOf('Some notes'));
    expect(second).toBeGreaterThan(page.indexOf('<h3>Settings</h3>'));
    expect(html).not.toContain('Warnings:');
  });

  it('is the same text for the same results', () => {
    expect(
      renderReport(texts('en'), results, { name: 'A study', notes: '**bold** and $x^2$', experiments }, provenance),
    ).toBe(html);
  });

  it('loads nothing and runs nothing', () => {
    expect(html).toContain("default-src 'none'");
    for (const tag of tags(html)) {
      expect(tag).not.toMatch(/^<(script|link|iframe|object|embed|img|image|base|form)\b/i);
      expect(tag).not.toMatch(/\s(src|on\w+|srcset|xlink:href)\s*=/i);
    }
  });

  it('has ids that are there once', () => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('writes hostile names and notes as text', () => {
    const notes = `${HOSTILE}\n\n[a](javascript:alert(1)) [b](data:text/html,x) [c](http://x.invalid) [d](https://example.org) ![e](https://example.org/x.png)`;
    const page = renderReport(
      texts('en'),
      [synthetic({ name: HOSTILE, id: 'one' })],
      { name: HOSTILE, notes, experiments: [{ id: 'one' }] },
      { ...provenance, platform: HOSTILE, versions: { [HOSTILE]: HOSTILE } },
    );
    for (const tag of tags(page)) {
      expect(tag).not.toMatch(/^<(script|img|image)\b/i);
      expect(tag).not.toMatch(/\son\w+\s*=/i);
      if (tag.startsWith('<a '))
        expect(tag).toMatch(/^<a href="https:\/\/example\.org[^"]*" rel="noopener noreferrer">$/);
    }
    expect(page).toContain('&lt;script&gt;');
  });

  it('of a sweep has its figures and a table instead of every experiment by itself', async () => {
    const study = sweepStudy({
      axes: [
        { parameter: 'model.spectrum.exponents[*]', symbol: 'α', range: { kind: 'values', values: [0.5, 1, 1.5] } },
        { parameter: 'optimizer.schedule.rate', range: { kind: 'values', values: [0.1, 0.2] } },
      ],
      base: {
        model: {
          dimension: 40,
          priors: [0.5, 0.5],
          spectrum: { kind: 'power-law', exponents: [1, 1] },
          means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
        },
        loss: { kind: 'logistic' },
        optimizer: { schedule: { kind: 'constant', rate: 1 } },
        horizon: 2,
      },
    });
    const own = synthetic({ id: 'own', name: 'By itself' });
    const computed = await Promise.all(study.experiments.map((each, place) => compute(each, place)));
    const all = [...computed.map(({ results }) => results), own];
    const page = renderReport(texts('en'), all, study, provenance);
    expect(page).toContain('Sweep over α × γ');
    expect(page).toContain('Risk over α × γ');
    expect(page).toContain('α = 1.5, γ = 0.2');
    // settings of one experiment of the sweep and of the one by itself
    expect(page.match(/<h3>Settings/g)?.length).toBe(2);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names what it leaves out, and keeps the colours of the study', () => {
    const [first, second, third] = [0, 1, 2].map((place) => experimentStyle(themes.light, place).color);
    const all = [...experiments, { id: 'wrong' }, { id: 'three' }].map(({ id }) => ({ id }));
    const study = { name: 'A study', notes: '', experiments: all };
    const page = renderReport(texts('en'), [results[1]], study, provenance, {
      invalid: [refusal('wrong', 'said', { text: 'it is left out: <reason>' })],
      remarks: ['two: an <earlier> version'],
    });
    expect(page).toContain('two: an &lt;earlier&gt; version');
    const keysIn = (text: string) => [...text.matchAll(/class="key"[^]*?<\/svg>/g)].map(([key]) => key).join();
    expect(keysIn(page)).toContain(second);
    expect(keysIn(page)).not.toContain(first);
    expect(page).toContain('Not in this report:');
    expect(page).toContain('<li>wrong: it is left out: &lt;reason&gt;</li>');
    expect(page).toContain('<li>one: it is left out: it has no results of its description as it is</li>');
    expect(page).toContain('<li>three: it is left out');
    expect(html).not.toContain('Not in this report');
    expect(keysIn(html)).toContain(first);
    expect(keysIn(html)).not.toContain(third);
  });

  it('of nothing says so', () => {
    const page = renderReport(texts('en'), [], { name: '', notes: '', experiments: [] }, null);
    expect(page).toContain('no results yet');
    expect(page).toContain('Untitled study');
  });
});
