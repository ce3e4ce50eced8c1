import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { commandNames } from './src/api/command.ts';
import { commands } from './src/api/commands.ts';

/** web-worker must stay a module of its own (bundled, it would run the bundle again inside each thread); the SQLite package brings its WASM file along. */
const external = ['electron', 'web-worker', 'node-sqlite3-wasm', /^node:/];

/** Each build lists the packages in it; scripts/notices.mjs makes one text of the lists. */
const license = { fileName: 'licenses.json' };

export default defineConfig({
  main: {
    build: {
      target: 'node20.19',
      externalizeDeps: false,
      license,
      minify: false,
      rollupOptions: {
        external,
        input: { index: 'src/main/index.ts', worker: 'src/lab/jobs/worker.ts', cli: 'src/cli/entry.ts' },
        // flat names: a chunk in a subfolder would break new URL('./worker.js', import.meta.url)
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    // the names alone: the schemas of the table are the main process's business
    define: { COMMAND_NAMES: JSON.stringify(commandNames(commands)) },
    build: {
      externalizeDeps: false,
      license,
      rollupOptions: {
        external: ['electron'],
        input: { index: 'src/main/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: {
      target: 'chrome142',
      minify: 'oxc',
      // everything from app://, nothing inlined: the content policy allows no data: scripts, styles or fonts
      assetsInlineLimit: 0,
      license,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { index: 'src/renderer/index.html' } },
    },
    plugins: [vue()],
  },
});
