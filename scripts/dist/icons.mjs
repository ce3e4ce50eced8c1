/** The icons: drawn as SVG in packaging/, rendered here to PNG, and packed as .ico (Windows) and .icns (macOS). */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { packaging } from './identity.mjs';

/** Sizes of the hicolor theme. Up to 32 px a drawing with less in it is used. */
export const ICON_SIZES = [16, 22, 24, 32, 48, 64, 128, 256, 512];
const SMALL = 32;

let ready;

/** A drawing as PNG, `size` pixels wide and high. */
async function renderPng(drawing, size) {
  ready ??= readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')).then(initWasm);
  await ready;
  const svg = await readFile(join(packaging, drawing), 'utf8');
  return Buffer.from(new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng());
}

/** PNG of the app's icon. */
export const appIcon = (size) => renderPng(size <= SMALL ? 'icon-small.svg' : 'icon.svg', size);

/** PNG of the icon of `.sgdlab` files. */
export const fileIcon = (size) => renderPng('file.svg', size);

/** Windows: a directory of PNGs. */
export async function writeIco(path) {
  const sizes = [16, 24, 32, 48, 64, 128, 256];
  const images = await Promise.all(sizes.map(appIcon));
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  images.forEach((image, k) => {
    const at = 6 + 16 * k;
    // 0 stands for 256
    head.writeUInt8(sizes[k] % 256, at);
    head.writeUInt8(sizes[k] % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(image.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += image.length;
  });
  await writeFile(path, Buffer.concat([head, ...images]));
}

/** macOS: blocks of a type, a length and a PNG. */
export async function writeIcns(path) {
  const types = { icp4: 16, icp5: 32, icp6: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 };
  const blocks = await Promise.all(
    Object.entries(types).map(async ([type, size]) => {
      const image = await appIcon(size);
      return Buffer.concat([blockHead(type, image.length), image]);
    }),
  );
  const body = Buffer.concat(blocks);
  await writeFile(path, Buffer.concat([blockHead('icns', body.length), body]));
}

function blockHead(type, length) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(length + 8, 4);
  return head;
}
