/** What files of arrays must be, in Japanese. */
import { type ArrayCodes, type OtherContent, type OtherType } from '../../../refusal/codes/arrays.ts';
import { type ArrayWords, type Sentences } from '../sentences.ts';
import { needed, now } from './needed.ts';

const CONTENTS: Readonly<Record<OtherContent, string>> = {
  none: '数の行がありません',
  header: '見出しだけで、数の行がありません',
  index: '行の番号だけで、数がありません',
  excel: 'Excel のブックは読めません',
  'old-excel': '古い Excel のブックは読めません',
  'open-document': 'OpenDocument のファイルは読めません',
  pytorch: 'PyTorch のファイルは読めません',
  results: '結果のファイルは配列として読めません',
  hdf5: 'HDF5(MATLAB 7.3)のファイルは読めません',
  mat: 'MAT ファイルは読めません',
  gzip: 'gzip で圧縮されたファイルは読めません',
  parquet: 'Parquet のファイルは読めません',
  pdf: 'PDF は読めません',
  'json-object': 'JSON のオブジェクトは読めません',
};

const TYPES: Readonly<Record<OtherType, string>> = {
  objects: 'Python のオブジェクト',
  bytes: 'バイト列',
  strings: '文字列',
  dates: '日付',
  spans: '時間の長さ',
  raw: '生のバイト',
  extended: '拡張精度の数',
  'complex-extended': '拡張精度の複素数',
};

const AS = { lines: '前の行', rows: '前の行', header: '見出し' } as const;

const some = (names: readonly string[], more: boolean): string => [...names, ...(more ? ['…'] : [])].join(', ');

export const arrays: Sentences<ArrayCodes> = {
  'rows-of-numbers': ({ is }) => CONTENTS[is],
  'rows-of-shape': ({ rows, columns }) => `数の行がありません(形: ${rows} × ${columns})`,
  'array-shape': ({ rows, columns }, by) =>
    needed(`${rows === null ? `1 行 ${columns}` : `${rows} × ${columns}`} 個の数(または転置)`, by),
  'entries-as': ({ entries, as }, by) => needed(`${AS[as]}と同じ ${entries} 個`, by),
  'decimal-commas': ({ read }) => `小数点は「.」、区切りは「;」で書いてください(小数点のコンマと読める値: ${read})`,
  'mixed-decimals': ({ cell }) => `小数点の「.」と「,」が混ざっています(${cell})`,
  'comma-of-two-readings': ({ cell }) => `${cell} は桁区切りとも小数点のコンマとも読めます`,
  'count-of-lines': ({ first }) => `行の番号が入っています(${first.join(', ')}, …)`,
  'open-quotation': () => '引用符が閉じられていません',
  'one-array': ({ names }) => `配列は 1 つでなければなりません(${names.length} 個: ${names.join(', ')})`,
  'after-array': ({ rest }) => `配列の後に余分なものがあります: ${rest}`,
  'open-bracket': () => '括弧が閉じられていません',
  'other-bracket': (_, { found }) => `括弧が対応していません: ${found}`,
  abbreviated: () => '一部の数が「...」で省略されています',
  dimensions: ({ dimensions }) =>
    `1 次元か 2 次元の配列が必要です(現在: ${dimensions === null ? '3 次元以上' : `${dimensions} 次元`})`,
  'bracket-among-numbers': () => '数の間に括弧の行があります',
  'bracket-row': (_, by) => needed('括弧で囲んだ行', by),
  'empty-row': () => '空の行があります',
  'comma-between': (_, { found }) => `区切りがコンマと空白で混ざっています: ${found}`,
  'space-between': () => '区切りがコンマと空白で混ざっています',
  'no-semicolon': () => '「;」は使えません。コンマが必要です',
  'market-banner': (_, { found }) => `この種の Matrix Market は読めません: ${found}`,
  'market-size': () => '行と列の数がありません',
  'market-entries': ({ rows, columns }, by) => now(`ファイルによれば ${rows} × ${columns} 個の数が必要です`, by),
  'real-numbers': ({ imaginary }) => `実数が必要です(虚部: ${imaginary})`,

  'npy-file': () => '.npy のファイルが必要です',
  'npy-version': (_, by) => now('.npy の版は 1.0、2.0、3.0 のどれかでなければなりません', by),
  'npy-header': () => 'ヘッダーが壊れています',
  'npy-shape': () => '形がありえません',
  'npy-structured': () => '構造化配列(structured)は読めません',
  'npy-type': ({ type, is }) =>
    `数の型(f2, f4, f8, i1–i8, u1–u8, b1, c8, c16)が必要です(現在: ${JSON.stringify(type)}${is === null ? '' : `、${TYPES[is]}`})`,
  'bytes-of-data': ({ bytes }, by) => now(`データは ${bytes} バイトでなければなりません`, by),
  'most-bytes': ({ most }, by) => now(`大きさは ${most} バイトまでです`, by),
  'one-npz-array': ({ names, more, count }) =>
    `配列が 1 つの .npz ファイルが必要です(${count} 個: ${some(names, more)})`,
  'npz-without-arrays': () => 'この ZIP には .npy の配列がありません',
  'zip-directory': () => 'ZIP の目次が壊れています',

  'utf8-byte': ({ hex }) => `UTF-8 のテキストではありません(バイト 0x${hex})`,
  utf32: () => 'UTF-32 のテキストは読めません',
  'utf16-half': () => 'UTF-16 のテキストが壊れています',
  'zero-byte': () => 'テキストではありません(値が 0 のバイトがあります)',
};

export const arrayWords: ArrayWords = {
  place(place) {
    if (place.of === 'entry') return place.indices.map((index) => `[${index}]`).join('');
    if (place.of === 'column') return `${place.at} 列目`;
    if (place.of === 'byte') return `${place.at} バイト目`;
    return place.entry === undefined ? `${place.at} 行目` : `${place.at} 行目の ${place.entry} 番目`;
  },
  remedies: {
    'to-points': () => '小数点のコンマを「.」に置き換えてください',
    'point-without-thousands': () => '小数点は「.」で、桁区切りなしで書いてください',
    'points-without-thousands': () => '小数点は「.」で、桁区切りなしで書いてください',
    'points-and-one-separator': () => '小数点は「.」で、区切りはコンマか空白のどちらかだけで書いてください',
    'name-each-column': () => '列ごとに名前を書くか、見出しを消してください',
    'row-per-class': () => 'クラスごとに 1 行、または全クラス共通の 1 行を書いてください',
    'remove-first-line': () => '列の番号である最初の行を消してください',
    'remove-first-column': () => '行の番号である最初の列を消してください',
    'remove-count': () => 'その列を消してください。数値そのものであれば、1 行を 1 つの行として書いてください',
    'not-negative': ({ share }) => `共分散の固有値は負になりません(丸め誤差は行の最大値の ${share} 倍まで)`,
    'real-eigenvalues': () => '共分散の固有値は実数です。np.linalg.eigvalsh を使うか、実部を取ってください',
    'stack-fields': () =>
      '各フィールドを行とする配列として保存してください: np.stack([a[name] for name in a.dtype.names])',
    float64: () => 'float64 として保存してください: a.astype(float)',
    'save-with': ({ code }) => `数を ${code} で保存してください`,
    'save-one': ({ code }) => `1 つだけを保存してください${code === null ? '' : `: ${code}`}`,
    'print-in-full': () => "np.save で保存するか、np.set_printoptions(threshold=float('inf')) の後に出力してください",
    'full-matrix': () => '密行列として保存してください: scipy.io.mmwrite(file, A.toarray(), symmetry="general")',
    'sheet-as-csv': () => 'CSV として保存してください',
    'table-as-csv': () => 'CSV として保存してください',
    utf8: () => 'UTF-8 で保存してください',
    'utf8-text': () => 'UTF-8 のテキストとして保存してください',
    'as-text': ({ code }) => `テキストとして保存してください: ${code}`,
    'text-or-npy': () => 'テキストか .npy として保存してください',
    unpack: () => '先に展開してください',
    'import-study': () => '研究として読み込むか、配列を 1 つだけ保存してください',
    'rows-alone': () => '行のリストだけを書いてください',
    reshape: () => '一部を取り出すか、形を変えてください',
  },
  notices: {
    'columns-as-rows': () => '列を行として読み込みました',
    square: () => '行と列が同数なので、そのまま行として読み込みました',
    'header-left-out': ({ line, cells, more }) => `${line} 行目は見出しなので除きました(${some(cells, more)})`,
    'index-left-out': ({ cells, more }) => `1 列目は行の名前なので除きました(${some(cells, more)})`,
    'one-row-for-all': ({ classes }) => `1 行を ${classes} クラスすべてに使いました`,
    'round-off': ({ count }) => `丸め誤差による負の値 ${count} 個を 0 としました`,
    'no-eigenvalues': ({ negatives }) => `負の値が ${negatives} 個あり、固有値ではありません`,
    'imaginary-left-out': () => '虚部はすべて 0 なので除きました',
    'commas-as-points': () => 'コンマを小数点として読みました',
  },
};
