import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// Long runs of what `npm test` holds: `npm run soak`. scripts/soak.mjs says what is asked for.
export default defineConfig({
  resolve: { alias: { '@shared': resolve('src/shared') } },
  plugins: [vue()],
  test: {
    include: ['test/soak/soak.ts'],
    // One thread a process, as in a worker: it repeats to the bit.
    env: { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
    testTimeout: 0,
    hookTimeout: 0,
    pool: 'forks',
    fileParallelism: false,
    reporters: ['dot'],
    disableConsoleIntercept: true
  }
})
