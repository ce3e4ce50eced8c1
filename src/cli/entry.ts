/** Entry of the built command line under Node: runs the arguments of this process. */
import { main } from './index.ts';

// exit only when stdout has taken everything: a pipe may still be reading
const status = await main(process.argv.slice(2));
process.exitCode = status;
