/** Result files: `.sgdlab`, a ZIP of `.npy` arrays that numpy.load opens (study-format.md), and tables as CSV. */
export { exportCsv, freeCsvFolder } from './csv.ts';
export { provenanceOf, type ArchiveProvenance } from './provenance.ts';
export { type ArchivedResults } from './attribute.ts';
export { readArchive, type Archive } from './read.ts';
export { writeArchive } from './write.ts';
