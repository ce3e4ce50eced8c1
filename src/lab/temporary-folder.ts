/**
 * Hidden folders in which files are made before they take their place. A process that is killed leaves its own behind:
 * the name says whose it is, and the next one that makes one beside it removes it.
 */
import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { isAlive, ownIdentity } from './process-identity.ts';

const NAME = /^\.sgdlab-([0-9a-f]{8})-(\d+)-(\d*)-[A-Za-z0-9]{6}$/;
const hostHash = (): string => createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
/** Folders that this process has looked through. */
const looked = new Set<string>();

/** Makes a fresh hidden folder in a folder, not a guessed name: nobody else can have put a link there. */
export function temporaryFolder(folder: string): string {
  if (!looked.has(folder)) {
    looked.add(folder);
    removeLeft(folder);
  }
  const { pid, started } = ownIdentity();
  return mkdtempSync(join(folder, `.sgdlab-${hostHash()}-${pid}-${started}-`));
}

/** Removes hidden folders of one's own that killed processes of this machine have left in a folder. */
export function removeLeft(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const [, host, pid, started] = NAME.exec(name) ?? [];
      if (host !== hostHash() || isAlive({ pid: Number(pid), host: hostname(), started })) continue;
      const path = join(folder, name);
      const stat = lstatSync(path);
      const { uid } = userInfo();
      if (stat.isDirectory() && (uid < 0 || stat.uid === uid)) rmSync(path, { recursive: true, force: true });
    }
  } catch {
    // a folder that cannot be listed keeps what it has
  }
}
