/** Before the Node tests: the built worker and command line are what they run. */
import { ensureBuild } from '../../scripts/ensure-build.mjs';

export default function setup(): void {
  ensureBuild();
}
