/** What numpy.load makes of an archive; where there is no Python with NumPy, what a plain reading of the formats makes. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Loaded {
  readonly shape: readonly number[];
  readonly type: string;
  /** The data's bytes in hexadecimal. */
  readonly hex: string;
}

const SCRIPT = `
import json, sys, zipfile
import numpy as np
assert zipfile.ZipFile(sys.argv[1]).testzip() is None
archive = np.load(sys.argv[1])
out = {}
for name in archive.files:
    if name.endswith('.json'):
        json.loads(archive[name])
        continue
    array = archive[name]
    assert array.flags.c_contiguous
    out[name] = {'shape': array.shape, 'type': array.dtype.str, 'hex': array.tobytes().hex()}
print(json.dumps(out))
`;

export const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

export function loadWithNumpy(path: string): Record<string, Loaded> {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', SCRIPT, path], { maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`numpy.load refused the archive: ${stderr.toString()}`);
  return JSON.parse(stdout.toString()) as Record<string, Loaded>;
}

/** Walks the local headers of a stored ZIP; shares no code with the program's own reader. */
export function loadPlainly(path: string): Record<string, Loaded> {
  const file = readFileSync(path);
  const loaded: Record<string, Loaded> = {};
  for (let at = 0; file.readUInt32LE(at) === 0x04034b50;) {
    const size = file.readUInt32LE(at + 22);
    const nameEnd = at + 30 + file.readUInt16LE(at + 26);
    const name = file.toString('latin1', at + 30, nameEnd);
    const start = nameEnd + file.readUInt16LE(at + 28);
    if (name.endsWith('.npy')) loaded[name.slice(0, -4)] = npy(file.subarray(start, start + size));
    at = start + size;
  }
  return loaded;
}

function npy(file: Buffer): Loaded {
  const start = 10 + file.readUInt16LE(8);
  const header = file.toString('latin1', 10, start);
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1].match(/\d+/g) ?? [];
  const type = /'descr': '([^']*)'/.exec(header)?.[1] ?? '';
  return { shape: shape.map(Number), type, hex: file.toString('hex', start) };
}
