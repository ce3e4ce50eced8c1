/** Room on the disk that is kept for one purpose: that studies can be deleted when there is none left. */
import { randomBytes } from 'node:crypto';
import { rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Room for the whole log to be moved into the database: see LOG_PAGES in connection.ts. */
const BYTES = 2 * 1024 * 1024;
/** On a small disk the reserve is this part of what is free. */
const PART = 1 / 4;

export class Reserve {
  constructor(private readonly path: string) {}

  /** Takes the room, as far as there is some. A reserve that cannot be had is no failure. */
  take(): void {
    try {
      const held = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
      const { bavail, bsize } = statfsSync(dirname(this.path));
      const bytes = Math.min(BYTES, Math.floor(bavail * bsize * PART));
      // random bytes: a file system that compresses would keep nothing of zeros
      if (bytes > held) writeFileSync(this.path, randomBytes(bytes));
    } catch {
      this.giveUp();
    }
  }

  giveUp(): void {
    rmSync(this.path, { force: true });
  }
}
