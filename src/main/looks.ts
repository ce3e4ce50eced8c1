/** How studies, and the comparison, were looked at last: kept by the library. */
import { type Library } from '../lab/database/library.ts';
import { lookSchema, type Look } from '../study/look.ts';

/** As far as it can be read. */
export const lookOf = (library: Library, of: string): Look =>
  lookSchema.catch({}).parse(library.recall(`look:${of}`) ?? {});

export const keepLook = (library: Library, of: string, look: Look): void => library.remember(`look:${of}`, look);
