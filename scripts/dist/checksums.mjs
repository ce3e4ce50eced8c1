/** SHA256SUMS as `sha256sum --check` reads it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** @param files names in the folder. */
export async function writeChecksums(folder, files) {
  let sums = '';
  for (const file of files) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, file)), hash);
    sums += `${hash.digest('hex')}  ${file}\n`;
  }
  await writeFile(join(folder, 'SHA256SUMS'), sums);
}
