/**
 * A study written to files. Worker threads write them: reports of many experiments take seconds, and the window goes on
 * meanwhile. What crosses threads is plain, so refusals come back as an answer and are not thrown.
 */
import { refusalsOf } from '../refusal/refusal.ts';
import { type ParseResult } from '../study/parse.ts';
import { type Language } from '../text/language.ts';
import { texts } from '../text/texts.ts';
import { exportCsv, freeCsvFolder, provenanceOf, writeArchive } from './archive/index.ts';
import { type Exportable } from './database/library-types.ts';
import { writeFileAtomically } from './files.ts';
import { renderReport } from './report/index.ts';
import { writeStudyFolder } from './study-folder.ts';

export interface ExportTask {
  readonly exportable: Exportable;
  /** 'folder' is one that is there: study, results and the script that runs it. */
  readonly format: 'sgdlab' | 'json' | 'csv' | 'html' | 'folder';
  readonly target: string;
  /** Of a report. */
  readonly language: Language;
}

/** Writes it; where it is: tables of other curves stay, and the new ones have a folder of their own. */
export function writeExported({ exportable, format, target, language }: ExportTask): ParseResult<string> {
  const { study, results } = exportable;
  try {
    switch (format) {
      case 'sgdlab':
        writeArchive(target, study, results);
        return { ok: true, value: target };
      case 'json':
        save(target, JSON.stringify(study, null, 2));
        return { ok: true, value: target };
      case 'html':
        save(target, reportOf(exportable, language));
        return { ok: true, value: target };
      case 'folder':
        writeStudyFolder(target, study, results);
        return { ok: true, value: target };
      case 'csv': {
        const folder = freeCsvFolder(target, study, results);
        exportCsv(folder, study, results);
        return { ok: true, value: folder };
      }
    }
  } catch (error) {
    return { ok: false, refusals: refusalsOf(error) };
  }
}

/** The report as a page, for who prints it. */
export function reportOf({ study, results, older, order, left: invalid }: Exportable, language: Language): string {
  const shown = { ...study, experiments: order };
  return renderReport(texts(language), results, shown, provenanceOf(study, results), { invalid, older });
}

const save = (path: string, text: string): void => writeFileAtomically(path, new TextEncoder().encode(text));
