import js from '@eslint/js';
import globals from 'globals';
import vue from 'eslint-plugin-vue';
import ts from 'typescript-eslint';
import { floorsRule } from './scripts/floors.mjs';

/** Bans packages whose name matches one of the patterns, with the reason. Folders are the business of floors. */
const ban = (message, ...group) => ({
  'no-restricted-imports': ['error', { patterns: [{ group, message }] }],
});

/** The floors that are pure TypeScript. */
const pure = ['core', 'study', 'text', 'figures', 'api'].map((floor) => `src/${floor}/**/*.ts`);
/** Globals of Node and the browser that these must not touch: they run in workers, Node and the page alike. */
const hostGlobals = ['process', 'Buffer', 'window', 'document', 'navigator', 'localStorage', 'fetch', 'require'];

const PURE_MESSAGE = 'core, study, text, figures and api are pure TypeScript: no Node, no Electron, no DOM';
const hostPackages = ['node:*', 'electron', 'vue', 'web-worker', 'comlink'];

/**
 * Functions whose last place the language leaves to the engine: there are our own (math/elementary.ts), so that a
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

/** Files of src/figures that place and write what is drawn: no result comes from them. */
const drawing = ['curves', 'key', 'numbers', 'option', 'place', 'scale', 'ticks', 'readout', 'sweep/curves'].map(
  (name) => `src/figures/${name}.ts`,
);

export default ts.config(
  {
    ignores: ['out/', 'dist/', 'node_modules/', 'coverage/', 'src/core/wasm/generated/', 'src/core/wasm/assembly/'],
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
    plugins: { house: { rules: { floors: floorsRule } } },
    rules: { 'house/floors': 'error' },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/core/description/json.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'JSON',
          property: 'parse',
          message: 'use parseJson (src/core/description/json.ts): it limits the depth',
        },
      ],
    },
  },
  {
    files: pure,
    rules: {
      ...ban(PURE_MESSAGE, ...hostPackages, 'echarts*'),
      'no-restricted-globals': ['error', ...hostGlobals],
      'no-restricted-syntax': exactOnly,
    },
  },
  { files: drawing, rules: { 'no-restricted-syntax': 'off' } },
  {
    // figures are ECharts options: its types, never its code
    files: ['src/figures/**/*.ts'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: hostPackages, message: PURE_MESSAGE },
            {
              group: ['echarts*'],
              message: 'src/figures may import types of ECharts only',
              allowTypeImports: true,
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/lab/**/*.ts'],
    rules: ban('src/lab is shared by the app and the command line: no Electron, no page', 'electron', 'vue'),
  },
  {
    files: ['src/main/**/*.ts'],
    rules: ban('the main process draws nothing', 'vue'),
  },
  {
    files: ['src/cli/**/*.ts'],
    rules: {
      ...ban('the command line runs without Electron and draws nothing', 'electron', 'vue'),
      'no-console': 'off',
    },
  },
  {
    files: ['src/renderer/**/*.{ts,vue}'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: {
      ...ban('the page has no Node: what it wants of the lab it asks through src/api', 'node:*', 'electron'),
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
  {
    files: ['test/{renderer,joint}/**'],
    ignores: ['test/renderer/support/eventually.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'vi',
          property: 'waitFor',
          message: 'It waits a second: a machine under load takes more. eventually()',
        },
      ],
    },
  },
);
