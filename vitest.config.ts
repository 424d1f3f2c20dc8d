import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// One thread a process, as in a worker: it repeats to the bit.
const env = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', TF_CPP_MIN_LOG_LEVEL: '2' }

/** What measures its processor has a process of its own. */
const MEASURED = ['shared/formats/adversarial', 'renderer/topology/labels', 'renderer/workload/graph'].map((file) => `test/${file}.test.ts`)
/** What runs in no runtime of its own, and the page's own parts. */
const PURE = ['shared', 'renderer'].map((folder) => `test/${folder}/**/*.test.ts`)

export default defineConfig({
  resolve: { alias: { '@shared': resolve('src/shared') } },
  plugins: [vue()],
  test: {
    // The program reads the page's colours from their sheet; other sheets are left out.
    css: { include: /tokens\.css/ },
    projects: [
      // Nothing of a process, of tensors or of files: one thread reads each module once for all its files.
      {
        extends: true,
        test: { name: 'pure', include: PURE, exclude: MEASURED, testTimeout: 60_000, pool: 'threads', isolate: false, maxWorkers: 3 }
      },
      // Forks: the tensor library aborts in threads.
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/!(shared|renderer)/**/*.test.ts', 'test/*.test.ts', ...MEASURED],
          env,
          testTimeout: 60_000,
          pool: 'forks',
          maxWorkers: 3
        }
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          setupFiles: ['test/e2e/quiet.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // A busy machine takes longer than a second to show what was asked for.
          expect: { poll: { timeout: 15_000 } },
          pool: 'forks',
          // Each file has labs and a browser of its own.
          maxWorkers: 3
        }
      }
    ]
  }
})
