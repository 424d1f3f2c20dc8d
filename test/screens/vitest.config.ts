import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

// Pictures, not tests: `npm run screens`. The first time it trains what they show, which takes some minutes.
export default defineConfig({
  resolve: { alias: { '@shared': resolve('src/shared') } },
  test: {
    include: ['test/screens/screens.ts'],
    setupFiles: ['test/e2e/quiet.ts'],
    env: { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
    testTimeout: 120_000,
    hookTimeout: 1_800_000,
    pool: 'forks',
    fileParallelism: false
  }
})
