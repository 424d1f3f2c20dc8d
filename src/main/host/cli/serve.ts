import { readPage } from '../page-files'
import { startWebHost } from '../web'
import { type Command, textOf, UsageError, wholeOf } from './command'
import { note, print, printJson } from './output'
import { withLab } from './session'

const DEFAULT_PORT = 4137

export const serveCommand: Command = {
  usage: 'serve [--port N] [--parallel N]',
  summary: 'the lab in a browser on this machine: prints its link',
  details: [
    `--port N       default ${DEFAULT_PORT}, or any free one where that is taken; 0: any free one`,
    '--parallel N   runs that train at the same time; default: the cores',
    '--damaged restore|fresh   after a damaged database was reported: go on with the newest backup, or with an empty lab'
  ].join('\n'),
  options: { port: { type: 'string' }, parallel: { type: 'string' }, damaged: { type: 'string' } },
  async run(invocation) {
    const { options, json, places } = invocation
    const port = wholeOf(options, 'port', 0, 65_535)
    const parallel = wholeOf(options, 'parallel', 1, 256)
    const damaged = textOf(options, 'damaged')
    if (damaged !== undefined && damaged !== 'restore' && damaged !== 'fresh')
      throw new UsageError(`--damaged must be restore or fresh, not "${damaged}"`)
    const page = readPage(places.page)
    return withLab({ ...invocation, parallel, damaged }, async ({ lab }) => {
      const host = await startWebHost({ lab, page, port: port ?? DEFAULT_PORT }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EADDRINUSE') throw error
        if (port !== undefined) throw new UsageError(`port ${port} is taken by another program; choose another, or 0 for any free one`)
        return startWebHost({ lab, page, port: 0 })
      })
      if (json) await printJson({ url: host.url, port: host.port, home: lab.store.home })
      else await print(`DMRO Lab is open at ${host.url}`)
      note(`Data folder: ${lab.store.home}. Ctrl-C ends it; runs stop at a checkpoint.`)
      await new Promise<void>((resolve) => {
        process.once('SIGINT', () => resolve())
        process.once('SIGTERM', () => resolve())
      })
      note('Closing…')
      await host.close()
      return 0
    })
  }
}
