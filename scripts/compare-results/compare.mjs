/** Compares two results files: their arrays by bits, and what is told of their curves. */
import { unzipSync } from 'fflate';

const RESULTS = 'results.json';
const STUDY = 'study.json';

/**
 * @param before @param after bytes of .sgdlab files.
 * @returns how many arrays and curves are equal, a line for each that is different or missing, and what is new.
 */
export function compareFiles(before, after) {
  const [left, right] = [unzipSync(before), unzipSync(after)];
  const [arrays, curves] = [arraysOf(left), curvesOf(left)];
  const [otherArrays, otherCurves] = [arraysOf(right), curvesOf(right)];
  const differences = [];
  let equal = 0;
  const note = (name, difference) => {
    if (difference === null) equal++;
    else differences.push(`${name}: ${difference}`);
  };
  for (const [name, bytes] of arrays) {
    const other = otherArrays.get(name);
    note(name, other ? arrayDifference(bytes, other) : 'MISSING');
  }
  for (const [name, curve] of curves) {
    const other = otherCurves.get(name);
    note(name, other ? curveDifference(curve, other) : 'MISSING');
  }
  const extra = [...otherArrays.keys()].filter((name) => !arrays.has(name));
  extra.push(...[...otherCurves.keys()].filter((name) => !curves.has(name)));
  return { equal, differences, extra };
}

const arraysOf = (members) => new Map(Object.entries(members).filter(([name]) => name !== RESULTS && name !== STUDY));

/** What is told of every curve, and the hash of every description. */
function curvesOf(members) {
  const read = (name) => JSON.parse(Buffer.from(members[name]).toString('utf8'));
  const { provenance } = read(STUDY);
  const told = new Map();
  for (const [id, hash] of Object.entries(provenance.hashes)) told.set(`${id} description`, { hash });
  for (const [id, { results, curves }] of Object.entries(read(RESULTS).experiments)) {
    for (const { source, key, points, outcome, report } of curves) {
      const name = `${id} curve ${source.kind}${source.run === undefined ? '' : ` ${source.run}`}`;
      told.set(name, { results, key, points, outcome, ...report.details });
    }
  }
  return told;
}

/** Null if all that the first tells is told alike by the second, which may tell more. */
function curveDifference(before, after) {
  const unlike = Object.keys(before).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (unlike.length === 0) return null;
  return unlike.map((key) => `${key} ${JSON.stringify(before[key])} -> ${JSON.stringify(after[key])}`).join('; ');
}

/** Null for equal bits. */
function arrayDifference(before, after) {
  if (Buffer.compare(before, after) === 0) return null;
  const [left, right] = [parseNpy(before), parseNpy(after)];
  if (left.header !== right.header) return `DIFFERENT header ${left.header} -> ${right.header}`;
  let [count, largest, relative] = [0, 0, 0];
  for (let k = 0; k < left.values.length; k++) {
    const [a, b] = [left.values[k], right.values[k]];
    if (Object.is(a, b)) continue;
    count++;
    const difference = Math.abs(Number(a) - Number(b));
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
    relative = Math.max(relative, difference / Math.max(Math.abs(Number(a)), Math.abs(Number(b))));
  }
  return `DIFFERENT in ${count} of ${left.values.length}, by up to ${largest} (relative ${relative.toPrecision(3)})`;
}

function parseNpy(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const short = bytes[6] === 1;
  const start = short ? 10 : 12;
  const end = start + (short ? view.getUint16(8, true) : view.getUint32(8, true));
  const header = Buffer.from(bytes.subarray(start, end)).toString('latin1').trim();
  const data = bytes.slice(end).buffer;
  const [, type] = /'descr': '([^']+)'/.exec(header);
  if (type === '<f8') return { header, values: new Float64Array(data) };
  if (type === '<i8') return { header, values: new BigInt64Array(data) };
  throw new Error(`expected numbers of type <f8 or <i8, got ${type}`);
}
