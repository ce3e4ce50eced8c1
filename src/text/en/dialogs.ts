/** English sentences of the main process: its dialogs, and what it refuses. */
import { type Table } from '../table.ts';

export const dialogs = {
  'dialog.cancel': 'Cancel',
  'dialog.quit': 'Quit',
  'dialog.tryAgain': 'Try again',
  'dialog.otherFolder': 'Choose another folder…',
  'dialog.salvage': 'Make a new library of what can be read',
  'dialog.cannotOpen': 'The study library cannot be opened',
  'dialog.unchanged': 'Nothing was changed.',
  'dialog.missing': 'The library that was kept here is not there. Is a disk missing?',
  'dialog.notAllStored': 'Not everything could be stored in the study library',

  'salvage.done': 'A new library was made of what can be read',
  'salvage.read': '{studies} studies and {curves} curves were read. Curves that are missing are computed again by Run.',
  'salvage.lost': 'Could not be read: {names}.',
  'salvage.untold': '{n} studies have lost their tags, and whether they were archived or deleted.',
  'salvage.kept': 'The damaged file is kept, unchanged: {path}',

  'bin.question': 'Remove deleted studies for ever?',
  'bin.detail': 'Their results go with them, and the room on the disk is free again. This cannot be undone.',
  'bin.remove': 'Remove',

  'move.found': 'There is a study library in this folder already.',
  'move.use': 'Use that one? The library that is open now stays where it is, unchanged.',
  'move.useIt': 'Use it',
  'move.named': 'the environment variable SGDLAB_DATA names the folder',
  'move.running': 'experiments are running',
  'move.unstored': '{n} results are not stored: {reason}',
  'move.notSame': 'the copy does not have the same studies',

  'leaving.running': 'Experiments are still running.',
  'leaving.saved': 'Finished runs are saved. The runs in progress would start again the next time.',
  'leaving.keepRunning': 'Keep running',
  'leaving.stop': 'Stop and quit',
  'leaving.unstored.one': '{n} result is not stored.',
  'leaving.unstored.many': '{n} results are not stored.',
  'leaving.refused':
    '{reason}.\n\nIf you quit now, they are written to a file beside the library, which can be imported.',
  'leaving.lost': 'Experiments are still running. The runs in progress are lost.',
  'leaving.keepWaiting': 'Keep waiting',

  'files.sgdlab': 'Study with results',
  'files.json': 'Study description',
  'files.html': 'Report',
  'files.pdf': 'Report',
  'files.studies': 'Studies',

  'lab.notStored': 'The library could not store a result: {reason}',
  'lab.triedAgain': 'The library could not store a result: {reason}. It is tried again.',
} as const satisfies Table;
