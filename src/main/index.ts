import { fileURLToPath } from 'node:url'
import { runDesktop } from './host/electron'

// Entry of the desktop program. The paths are those of the built program.
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
void runDesktop({ worker: here('./worker.js'), page: here('../renderer'), preload: here('../preload/index.cjs') })
