import { readGiven, type ToRead } from './reading'

/** Reads one file beside the page, which is not blocked. */
addEventListener('message', async ({ data }: MessageEvent<ToRead>) => postMessage(await readGiven(data)))
