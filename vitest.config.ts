import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [vue()],
  test: {
    // every core; one is left idle else
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/{core,study,text,figures,api,lab,main,structure,scripts}/**/*.test.ts'],
          exclude: ['test/lab/jobs/**'],
          globalSetup: ['test/setup/kernel.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // what runs the built worker threads and the built command line
          name: 'built',
          environment: 'node',
          include: ['test/lab/jobs/**/*.test.ts', 'test/cli/**/*.test.ts'],
          globalSetup: ['test/setup/build.ts'],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // the real Electron; one window at a time
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/setup/build.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // a Slurm of its own on this machine (scripts/test.mjs)
          name: 'cluster',
          environment: 'node',
          include: ['test/cluster/**/*.test.ts'],
          globalSetup: ['test/setup/build.ts'],
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          // the packages, installed on this machine (scripts/test-dist.mjs)
          name: 'dist',
          environment: 'node',
          include: ['test/dist/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          // the page, over a main process that is not there or, in test/joint, over the real library and queue
          include: ['test/{renderer,joint}/**/*.test.ts'],
          setupFiles: ['test/setup/renderer.ts'],
          // none of these takes a second; a machine under load is no reason to fail
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
