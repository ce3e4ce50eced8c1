import js from '@eslint/js';
import globals from 'globals';
import vue from 'eslint-plugin-vue';
import ts from 'typescript-eslint';

/** Bans imports whose path matches one of the patterns, with the reason. */
const ban = (message, ...group) => ({
  'no-restricted-imports': ['error', { patterns: [{ group, message }] }],
});

/** Globals of Node and the browser that src/core must not touch: it runs in workers, Node and the page alike. */
const coreGlobals = ['process', 'Buffer', 'window', 'document', 'navigator', 'localStorage', 'fetch', 'require'];

const CORE_MESSAGE = 'src/core is pure TypeScript: no Node, no Electron, no DOM, nothing from the folders above it';
const coreBans = [
  'node:*',
  'electron',
  'vue',
  'web-worker',
  'comlink',
  '**/lab/**',
  '**/main/**',
  '**/renderer/**',
  '**/cli/**',
];

/**
 * Functions whose last place the language leaves to the engine: src/core has its own (math/elementary.ts), so that a
 * result is the same wherever it is computed. What IEEE 754 or the language fixes is allowed.
 */
const exactOnly = [
  'error',
  ...[
    `MemberExpression[object.name='Math']:not([computed=false][property.name=/^(${[
      ...['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc'],
      ...['E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'PI', 'SQRT1_2', 'SQRT2'],
    ].join('|')})$/])`,
    "VariableDeclarator[init.name='Math']",
    "BinaryExpression[operator='**']",
    "AssignmentExpression[operator='**=']",
  ].map((selector) => ({
    selector,
    message: 'its last place differs between engines: use src/core/math/elementary.ts',
  })),
];

/** Files of src/core that place and write what is drawn: no result comes from them. */
const drawing = ['curves', 'key', 'numbers', 'option', 'place', 'scale', 'ticks', 'tooltip', 'sweep/curves'].map(
  (name) => `src/core/figures/${name}.ts`,
);

export default ts.config(
  {
    ignores: ['out/', 'dist/', 'node_modules/', 'coverage/', 'src/core/kernel/generated/', 'src/core/kernel/assembly/'],
  },
  js.configs.recommended,
  ts.configs.recommended,
  vue.configs['flat/recommended'],
  {
    languageOptions: { globals: globals.nodeBuiltin },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/core/study/json.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'JSON', property: 'parse', message: 'use parseJson (src/core/study/json.ts): it limits the depth' },
      ],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      ...ban(CORE_MESSAGE, ...coreBans, 'echarts*'),
      'no-restricted-globals': ['error', ...coreGlobals],
      'no-restricted-syntax': exactOnly,
    },
  },
  { files: drawing, rules: { 'no-restricted-syntax': 'off' } },
  {
    // figures are ECharts options: its types, never its code
    files: ['src/core/figures/**/*.ts'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: coreBans, message: CORE_MESSAGE },
            {
              group: ['echarts*'],
              message: 'src/core/figures may import types of ECharts only',
              allowTypeImports: true,
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/lab/**/*.ts'],
    rules: ban(
      'src/lab is shared by the app and the command line: core only below it, no Electron',
      'electron',
      'vue',
      '**/main/**',
      '**/renderer/**',
      '**/cli/**',
    ),
  },
  {
    files: ['src/main/**/*.ts'],
    rules: ban('src/main builds on lab and core', 'vue', '**/renderer/**'),
  },
  {
    files: ['src/cli/**/*.ts'],
    rules: {
      ...ban('src/cli builds on lab and core', 'electron', 'vue', '**/main/**', '**/renderer/**'),
      'no-console': 'off',
    },
  },
  {
    files: ['src/renderer/**/*.{ts,vue}'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: {
      ...ban(
        'the page has no Node: it may import core and the IPC types of src/main/ipc',
        'node:*',
        'electron',
        '**/lab/**',
        '**/cli/**',
      ),
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
    },
  },
  { files: ['scripts/**', 'test/**', '*.config.*'], rules: { 'no-console': 'off' } },
);
