import { type FileReading, readGiven, type ToRead } from './reading'

/**
 * Reads a file in a worker of its own, so that the page stands still for no file. Where the browser cannot have one, the page reads
 * it itself. Rejects where the file can no longer be read.
 */
export async function readApart(toRead: ToRead): Promise<FileReading> {
  const worker = begin()
  if (!worker) return readGiven(toRead)
  try {
    return await new Promise<FileReading>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FileReading>) => resolve(data))
      // Whatever it died of – its program may not have come, the file may be gone –, reading here says what is wrong.
      worker.addEventListener('error', () => readGiven(toRead).then(resolve, reject))
      worker.postMessage(toRead)
    })
  } finally {
    worker.terminate()
  }
}

function begin(): Worker | undefined {
  try {
    return new Worker(new URL('./reading.worker.ts', import.meta.url), { type: 'module' })
  } catch {
    return undefined
  }
}
