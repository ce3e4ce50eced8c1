/** Imported before anything that makes a schema: the page's content policy allows no code from strings. */
import { config } from 'zod';

config({ jitless: true });
