import { type KeptLink, findLink, keepLink } from '../link'
import { readPage } from '../page-files'
import { startWebHost, type WebHost, type WebHostOptions } from '../web'
import { StoreLockedError } from '../../store'
import { type Command, type Invocation, textOf, UsageError, wholeOf } from './command'
import { show } from './link'
import { note, print, printJson } from './output'
import { type Session, withLab } from './session'

const DEFAULT_PORT = 4137

export const serveCommand: Command = {
  usage: 'serve [--port N] [--parallel N] [--open]',
  summary: 'the lab in a browser on this machine: prints its link',
  details: [
    `--port N       default ${DEFAULT_PORT}, or any free port if that is taken; 0: any free port`,
    '--parallel N   runs that train at the same time; default: the cores',
    '--open         in a browser’s own window, where there is one; if a lab is open already, it is shown',
    '--damaged restore|fresh   after a damaged or missing database was reported: continue from the newest backup, or with an empty lab',
    '--backup FILE             with --damaged restore: a backup other than the newest'
  ].join('\n'),
  options: {
    port: { type: 'string' },
    parallel: { type: 'string' },
    open: { type: 'boolean' },
    damaged: { type: 'string' },
    backup: { type: 'string' }
  },
  async run(invocation) {
    const { options, places } = invocation
    const port = wholeOf(options, 'port', 0, 65_535)
    const parallel = wholeOf(options, 'parallel', 1, 256)
    const damaged = textOf(options, 'damaged')
    if (damaged !== undefined && damaged !== 'restore' && damaged !== 'fresh')
      throw new UsageError(`--damaged must be restore or fresh, not "${damaged}"`)
    const backup = textOf(options, 'backup')
    if (backup !== undefined && damaged !== 'restore') throw new UsageError('--backup goes with --damaged restore')
    const page = readPage(places.page)
    try {
      return await withLab({ ...invocation, parallel, damaged, backup, whereReadOnly: 'open' }, (session) =>
        serve(invocation, session, page, port)
      )
    } catch (error) {
      if (!(error instanceof StoreLockedError)) throw error
      return showOpen(invocation, error)
    }
  }
}

async function serve(invocation: Invocation, { lab }: Session, page: WebHostOptions['page'], port: number | undefined): Promise<number> {
  const { home, readOnly } = lab.store
  let link: KeptLink | undefined
  const start = (on: number): Promise<WebHost> => startWebHost({ lab, page, port: on, onEntered: () => link?.used() })
  const host = await start(port ?? DEFAULT_PORT).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    if (port !== undefined) throw new UsageError(`port ${port} is taken by another program; choose another, or 0 for any free one`)
    return start(0)
  })
  // Where nothing can be written the link is printed alone.
  link = readOnly === undefined ? keepLink(home, host.url) : undefined
  try {
    const ended = new Promise<void>((resolve) => {
      process.once('SIGINT', () => resolve())
      process.once('SIGTERM', () => resolve())
    })
    if (invocation.json) await printJson({ url: host.url, port: host.port, home })
    else await print(`DMRO Lab is open at ${host.url}`)
    note(`Data folder: ${home}. Ctrl-C stops it; runs stop at a checkpoint.`)
    if (invocation.options.open === true && link) await show(home, host.url)
    else if (invocation.options.open === true) note('Open the link above in a browser on this machine.')
    await ended
    note('Closing…')
  } finally {
    link?.drop()
    await host.close()
  }
  return 0
}

/** Tells of the lab that is open in the data folder, and shows it. Throws `locked` where what is open has no link. */
async function showOpen({ home, json, options }: Invocation, locked: StoreLockedError): Promise<number> {
  const found = findLink(home)
  if (found.state !== 'open') throw locked
  if (json) await printJson({ url: found.url, port: Number(new URL(found.url).port), home, pid: found.pid, wasOpen: true })
  else await print(`DMRO Lab is already open in process ${found.pid}, at ${found.url}`)
  note(`Data folder: ${home}. Its port and its number of runs at a time are those it was started with.`)
  if (options.open === true) await show(home, found.url)
  return 0
}
