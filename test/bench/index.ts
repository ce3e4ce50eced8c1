/** `npm run bench [-- --json] [-- kernel theory engines passes app law moments formulas cluster spread]`: everything, side by side. */
import { arch, cpus, platform, release } from 'node:os';
import { benchApp } from './app.bench.ts';
import { benchCluster } from './cluster.bench.ts';
import { benchEngines } from './engines.bench.ts';
import { benchFormulas } from './formulas.bench.ts';
import { benchKernel } from './kernel.bench.ts';
import { benchMoments } from './moments.ts';
import { benchLaw } from './normals-quality.ts';
import { benchPasses } from './passes.bench.ts';
import { type BenchRow } from './row.ts';
import { benchSpread } from './spread.bench.ts';
import { benchTheory } from './theory.bench.ts';

const benches: Record<string, () => Promise<BenchRow[]>> = {
  kernel: benchKernel,
  engines: benchEngines,
  theory: benchTheory,
  passes: benchPasses,
  app: benchApp,
  law: benchLaw,
  moments: benchMoments,
  formulas: benchFormulas,
  cluster: benchCluster,
  spread: benchSpread,
};

const args = process.argv.slice(2);
const json = args.includes('--json');
const asked = args.filter((arg) => !arg.startsWith('--'));
const unknown = asked.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`bench: expected ${Object.keys(benches).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}

const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${platform()} ${release()} ${arch()}, Node ${process.versions.node}`;
const rows: BenchRow[] = [];
for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
  console.error(`measuring ${name} …`);
  rows.push(...(await benches[name]()));
}
console.log(json ? JSON.stringify({ machine, rows }, null, 2) : table());
process.exit(0);

function table(): string {
  const lines = rows.map(({ what, value, unit, ratios, target }) => {
    const against = Object.entries(ratios).map(([name, ratio]) => `${Number(ratio.toPrecision(3))} × ${name}`);
    return `| ${what} | ${Number(value.toPrecision(3))} ${unit} | ${against.join(', ') || '–'} | ${target ?? '–'} |`;
  });
  return [
    `Machine: ${machine}.`,
    '',
    '| what | measured | against (baseline time / ours) | target |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n');
}
