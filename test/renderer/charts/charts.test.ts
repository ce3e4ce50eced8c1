import { describe, expect, it } from 'vitest';
import { defaultView, figureKind } from '../../../src/figures/index.ts';
import { tableCsv } from '../../../src/figures/files/csv.ts';
import { figureSvg } from '../../../src/renderer/charts/export.ts';
import { crc32, withPngText } from '../../../src/renderer/charts/png-text.ts';
import { synthetic } from '../../figures/synthetic.ts';
import { insidePlot, pixelOf, timeAt } from '../../../src/renderer/charts/time-axis.ts';

const plot = { left: 50, top: 10, width: 300, height: 200 };

describe('the linked cursor', () => {
  it.each(['linear', 'log'] as const)('converts pixels to values of t and back on a %s axis', (scale) => {
    const placed = { plot, time: { name: 't', scale, min: 0.1, max: 100 } };
    for (const pixel of [50, 120.5, 350]) {
      // two roundings of a logarithm: 1e-9 pixels
      expect(pixelOf(placed, timeAt(placed, pixel) ?? NaN)).toBeCloseTo(pixel, 9);
    }
    expect(timeAt(placed, 49)).toBeNull();
    expect(timeAt(placed, 351)).toBeNull();
    expect(pixelOf(placed, 200)).toBeNull();
  });

  it('is in the middle decade at the middle of a log axis', () => {
    expect(timeAt({ plot, time: { name: 't', scale: 'log', min: 0.1, max: 1000 } }, 200)).toBeCloseTo(10, 9);
  });

  it('has no place where the axis is not t', () => expect(timeAt({ plot, time: null }, 100)).toBeNull());

  it('stays in the plot while dragging', () => {
    expect(insidePlot({ plot, time: null }, 0)).toBe(50);
    expect(insidePlot({ plot, time: null }, 999)).toBe(350);
  });
});

describe('the data of a figure as CSV', () => {
  it('has every curve with full precision, empty where a curve has no such column', () => {
    const csv = tableCsv({
      sections: [
        {
          name: 'γ = 1',
          columns: [
            { key: 't', label: 't', values: [0, 1 / 3] },
            { key: 'theory', label: '', values: [1, NaN] },
          ],
        },
        {
          name: 'b',
          columns: [
            { key: 't', label: 't', values: [2] },
            { key: 'mean', label: '', values: [5] },
          ],
        },
      ],
    });
    expect(csv).toBe('curve,t,theory,mean\nγ = 1,0,1,\nγ = 1,0.3333333333333333,,\nb,2,,5\n');
  });

  it('tells two experiments of one name apart by their ids', () => {
    const section = (experiment: string, risk: number) => ({
      name: 'same',
      experiment,
      columns: [{ key: 't', label: 't', values: [risk] }],
    });
    expect(tableCsv({ sections: [section('a', 1), section('b', 2)] })).toBe('experiment,curve,t\na,same,1\nb,same,2\n');
  });

  it('quotes names, and gives a spreadsheet no formula to run', () => {
    const section = (name: string) => ({ name, columns: [{ key: 't', label: 't', values: [1] }] });
    const csv = tableCsv({ sections: [section('a,"b"'), section('=cmd()')] });
    expect(csv).toBe('curve,t\n"a,""b""",1\n\'=cmd(),1\n');
  });
});

describe('columns of a CSV', () => {
  const table = (...keys: string[]) => ({
    sections: [{ name: 'x', columns: keys.map((key) => ({ key, label: key, values: [1] })) }],
  });

  it('are quoted like cells', () => {
    expect(tableCsv(table('a, b', 'say "t"', '=cmd()'))).toBe('curve,"a, b","say ""t""",\'=cmd()\nx,1,1,1\n');
  });

  it('of one name are refused, not merged', () => {
    expect(() => tableCsv(table('t', 't'))).toThrow('expected columns of different names, got t, t');
    expect(() => tableCsv(table('curve'))).toThrow(RangeError);
  });
});

describe('a figure of experiments as a file', () => {
  const kind = figureKind('risk');
  if (!kind) throw new Error('no figure of the risk');
  const view = { ...defaultView, width: 400, height: 300 };

  it('names experiments as they are called now, not as they were when they were computed', () => {
    const svg = new TextDecoder().decode(
      figureSvg(kind, [{ results: synthetic({ name: 'Before' }), label: 'After', place: 0 }], view),
    );
    const metadata = /<metadata>(.*)<\/metadata>/.exec(svg)?.[1].replaceAll('&quot;', '"') ?? '';
    expect(JSON.parse(metadata).experiments[0].name).toBe('After');
    expect(svg).not.toContain('Before');
  });

  it('has two experiments of one name apart in its data', () => {
    const inputs = ['a', 'b'].map((id, place) => ({ results: synthetic({ id, name: 'same' }), place }));
    const lines = tableCsv(kind.build(inputs, view).table).trim().split('\n');
    expect(lines[0]).toMatch(/^experiment,curve,t,theory/);
    expect(new Set(lines.slice(1).map((line) => line.split(',', 2).join()))).toEqual(new Set(['a,same', 'b,same']));
  });
});

describe('text in a PNG', () => {
  it('has the CRC of the PNG specification', () => {
    // the check value of CRC-32/ISO-HDLC
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });

  it('stands between header and data, which stay as they were', () => {
    const png = Uint8Array.from({ length: 60 }, (_, k) => k);
    const result = withPngText(png, 'key', 'text');
    expect(result.subarray(0, 33)).toEqual(png.subarray(0, 33));
    expect(result.subarray(-27)).toEqual(png.subarray(33));
    expect(new TextDecoder().decode(result.subarray(37, 41))).toBe('iTXt');
  });
});
