import { expect, it } from 'vitest';
import { decodeBase64 } from '../../../src/core/wasm/base64.ts';

it.each([0, 1, 2, 3, 4, 5, 255, 256])('base64 of %i bytes decodes to these bytes', (length) => {
  const bytes = Uint8Array.from({ length }, (_, k) => (k * 73 + 41) & 255);
  expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
});
