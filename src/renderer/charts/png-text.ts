/** What is written into a PNG beside its pixels: text (iTXt, PNG specification, 11.3.3.4, uncompressed UTF-8), resolution. */
const SIGNATURE_AND_HEADER = 8 + 25;

/** The image with `text` under `keyword` after its header. */
export function withPngText(png: Uint8Array, keyword: string, text: string): Uint8Array {
  return withChunk(png, new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`));
}

/** The image with its resolution (PNG specification, 11.3.4.3): programs set it in its real size. */
export function withPixelsPerMetre(png: Uint8Array, pixels: number): Uint8Array {
  const data = new Uint8Array(4 + 9);
  data.set(new TextEncoder().encode('pHYs'));
  const view = new DataView(data.buffer);
  view.setUint32(4, Math.round(pixels));
  view.setUint32(8, Math.round(pixels));
  data[12] = 1; // the unit is the metre
  return withChunk(png, data);
}

/** @param data type and content. */
function withChunk(png: Uint8Array, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(data.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length - 4);
  chunk.set(data, 4);
  view.setUint32(data.length + 4, crc32(data));
  const result = new Uint8Array(png.length + chunk.length);
  result.set(png.subarray(0, SIGNATURE_AND_HEADER));
  result.set(chunk, SIGNATURE_AND_HEADER);
  result.set(png.subarray(SIGNATURE_AND_HEADER), SIGNATURE_AND_HEADER + chunk.length);
  return result;
}

/** CRC-32 as PNG has it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
