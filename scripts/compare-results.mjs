#!/usr/bin/env node
/**
 * Whether two versions of the program compute the same results, bit for bit.
 *
 *   node scripts/compare-results.mjs make DIR [--studies FOLDER] [--checkout FOLDER] [--only NAMES]
 *   node scripts/compare-results.mjs compare DIR_A DIR_B
 *
 * `make` runs every preset (with at most 2 runs per experiment, all else as it is), a study with every kind together
 * (compare-results/every-kind.mjs) and the .json studies of FOLDER with the command line of this checkout, or of the
 * one that --checkout names, and leaves one results file for each in DIR. It takes about a minute on two cores.
 *
 * `compare` says for every array of the files whether its bits are equal, and if not the largest difference, and the
 * same of the keys, outcomes and details of the curves. The exit status is 1 if anything of DIR_A is different or
 * missing in DIR_B; what only DIR_B has is said, and is no difference.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareFiles } from './compare-results/compare.mjs';
import { everyKind } from './compare-results/every-kind.mjs';

const MOST_RUNS = 2;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { studies: { type: 'string' }, checkout: { type: 'string' }, only: { type: 'string' } },
});
const [action, ...folders] = positionals;
if (action === 'make' && folders.length === 1) make(folders[0], values);
else if (action === 'compare' && folders.length === 2 && Object.keys(values).length === 0) compare(...folders);
else {
  console.error('compare-results.mjs: expected `make DIR` or `compare DIR_A DIR_B`');
  process.exitCode = 2;
}

function make(folder, { studies, checkout = root, only }) {
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'sgdlab-compare-'));
  const wanted = only?.split(',');
  try {
    for (const { name, study } of allStudies(checkout, studies)) {
      if (wanted && !wanted.includes(name)) continue;
      const started = Date.now();
      const input = join(work, `${name}.json`);
      const out = join(folder, `${name}.sgdlab`);
      writeFileSync(input, JSON.stringify(study));
      rmSync(out, { force: true }); // finished curves of an earlier call would be taken up
      const ran = sgdlab(checkout, ['run', input, '--out', resolve(out)]);
      const said = `${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`;
      if (ran.status === 0) console.log(said);
      else {
        console.log(`${said}, exit status ${ran.status}: ${ran.stderr.trim().split('\n')[0]}`);
        process.exitCode = 1;
      }
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** Each study with the name of its results file. */
function* allStudies(checkout, folder) {
  const listed = sgdlab(checkout, ['presets']);
  if (listed.status !== 0) throw new Error(listed.stderr);
  for (const line of listed.stdout.trim().split('\n')) {
    const [name] = line.split(' ');
    yield { name: `preset-${name}`, study: capped(JSON.parse(sgdlab(checkout, ['presets', name]).stdout)) };
  }
  yield { name: 'every-kind', study: everyKind() };
  for (const file of folder === undefined ? [] : readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue;
    const content = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const found = (Array.isArray(content) ? content : [content]).map((each) => each?.study ?? each);
    for (const [k, study] of found.entries()) {
      const name = `${basename(file, '.json')}${found.length > 1 ? `-${k + 1}` : ''}`;
      if (study?.format === 'sgdlab-study') yield { name, study };
    }
  }
}

/** The study with at most so many runs per experiment. */
function capped(study) {
  const descriptions = [...study.experiments, ...(study.sweep ? [study.sweep.base] : [])];
  for (const { simulation } of descriptions) {
    if (simulation?.runs > MOST_RUNS) simulation.runs = MOST_RUNS;
  }
  return study;
}

function sgdlab(checkout, args) {
  return spawnSync(process.execPath, [join(checkout, 'scripts', 'sgdlab.mjs'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
}

function compare(before, after) {
  const files = (folder) => readdirSync(folder).filter((file) => file.endsWith('.sgdlab'));
  const [had, has] = [files(before), files(after)];
  let [equal, wrong] = [0, 0];
  const report = (file, lines) => {
    for (const line of lines) console.log(`${file}: ${line}`);
  };
  for (const file of had) {
    if (!has.includes(file)) {
      report(file, ['MISSING']);
      wrong++;
      continue;
    }
    const found = compareFiles(readFileSync(join(before, file)), readFileSync(join(after, file)));
    equal += found.equal;
    wrong += found.differences.length;
    report(file, [...found.differences, ...found.extra.map((name) => `${name}: new`)]);
  }
  report(
    'new file',
    has.filter((file) => !had.includes(file)),
  );
  if (had.length === 0) throw new Error(`${before}: expected results files, got none`);
  console.log(`${equal} equal, ${wrong} different or missing`);
  process.exitCode = wrong > 0 ? 1 : 0;
}
