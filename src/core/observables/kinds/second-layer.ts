/** The second layer c of two layers, which learns beside X. */
import { UNIT, writeAsked, type ObservableKind } from '../observable.ts';

export const secondLayer: ObservableKind = {
  key: 'second_layer',
  axes: [UNIT],
  version: 2,
  exists: ({ learned }) => learned > 0,
  write: (state, out) => writeAsked(state, 'second_layer', out),
};
