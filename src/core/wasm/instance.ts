/** Instances of the WebAssembly module (assembly/): made when needed, used for one run at a time, used again. */
import { decodeBase64 } from './base64.ts';
import { kernelBinary } from './generated/kernel.ts';

/** What assembly/index.ts exports; addresses and counts are plain numbers. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  configure(
    dimension: number,
    classes: number,
    outputs: number,
    loss: number,
    batchSize: number,
    ridge: number,
    labels: number,
    labelParameter: number,
    fields: number,
    labelDegrees: number,
    shape: number,
    threshold: number,
  ): number;
  addressOf(array: number): number;
  start(): void;
  advanceGiven(steps: number): void;
  advanceAdagrad(steps: number, rate: number, offset: number): void;
  /** Steps by maps of the fields. */
  advanceMapped(steps: number): void;
  settle(): void;
  gradientSquareSum(): number;
  /** What is left in a field of the start's mean row, which softmax is followed without. */
  commonFactor(field: number): number;
  drawNormals(count: number): void;
  skipNormals(blocks: number): void;
  drawUniform(): number;
  drawLabel(): number;
  drawLabelUniform(): number;
  /** The reduced chain (assembly/reduced-chain.ts); see src/core/kernel/reduced-chain.ts. */
  configureReduced(
    dimension: number,
    loss: number,
    ridge: number,
    coordinates: number,
    entries: number,
    runs: number,
  ): number;
  reducedAddressOf(array: number): number;
  reducedRun(run: number): number;
  seedReduced(run: number): void;
  startReduced(): void;
  advanceReducedGiven(steps: number): void;
  advanceReducedAdagrad(steps: number, rate: number, offset: number): void;
  reducedGradientSquareSum(run: number): number;
  drawReduced(run: number): number;
  /** The tabulated logistic function; for tests. */
  sigmoidOf(r: number): number;
  /** Sums of the softmax moments (assembly/softmax.ts); see src/core/wasm/softmax.ts. */
  allocate(bytes: number): number;
  projectSoftmax(
    n: number,
    dimension: number,
    pairs: number,
    z: number,
    root: number,
    scale: number,
    q: number,
    omega: number,
    inverse: number,
    range: number,
  ): void;
  sumSoftmax(
    n: number,
    pairs: number,
    weights: number,
    pieces: number,
    q: number,
    omega: number,
    inverse: number,
    out: number,
  ): void;
  tailArea(): number;
  tailStart(): number;
}

/** f′ of a loss of one output that is not compiled, of a sample's label, output r, response r* and noise. */
export type SlopeOfHost = (label: number, output: number, response: number, noise: number) => number;

interface Host {
  slope: SlopeOfHost;
}

/** The part of the WebAssembly API that is used: core is compiled without the DOM's types, which have it. */
declare const WebAssembly: {
  readonly Module: new (binary: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: { readonly host: Host }) => { readonly exports: KernelExports };
};

/** An instance's memory never shrinks: only small ones are kept for later runs, the others are left to the collector. */
const MAX_KEPT_BYTES = 64 * 1048576;
const MAX_KEPT = 4;

let module: object | null = null;
const idle: KernelExports[] = [];

/** An instance that nobody uses. */
export function acquireInstance(): KernelExports {
  return idle.pop() ?? createInstance();
}

/** A new instance, for a use that keeps it. */
export function createInstance(): KernelExports {
  module ??= new WebAssembly.Module(decodeBase64(kernelBinary));
  const asked: Host = { slope: () => NaN };
  const host: Host = { slope: (label, output, response, noise) => asked.slope(label, output, response, noise) };
  const { exports } = new WebAssembly.Instance(module, { host });
  hosts.set(exports, asked);
  return exports;
}

/** What instances ask. */
const hosts = new WeakMap<KernelExports, Host>();

/** Sets what an instance asks for the slopes of a loss that is not compiled. */
export function answerSlopes(instance: KernelExports, slope: SlopeOfHost): void {
  const host = hosts.get(instance);
  if (host) host.slope = slope;
}

/** Gives an instance back. */
export function releaseInstance(instance: KernelExports): void {
  if (idle.length < MAX_KEPT && instance.memory.buffer.byteLength <= MAX_KEPT_BYTES) idle.push(instance);
}
