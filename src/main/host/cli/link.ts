import { openInBrowser } from '../browser'
import { findLink, writeOpener } from '../link'
import type { Command } from './command'
import { note, print, printJson } from './output'

export const linkCommand: Command = {
  usage: 'link [--open]',
  summary: 'the link of the lab that is open in a browser',
  details:
    '--open   in a browser’s own window, where there is one\nIt is kept in the data folder, readable to its owner alone. Exit code 1 where no lab is open.',
  options: { open: { type: 'boolean' } },
  async run({ home, json, options }) {
    const found = findLink(home)
    if (found.state !== 'open') {
      note(sentence(found, home))
      return 1
    }
    if (json) await printJson({ url: found.url, port: Number(new URL(found.url).port), home, pid: found.pid })
    else await print(found.url)
    if (options.open === true) await show(home, found.url)
    return 0
  }
}

/** Opens a link in a browser, or asks the user to. */
export async function show(home: string, url: string): Promise<void> {
  if (!(await openInBrowser(writeOpener(home, url)))) note('Open the link above in a browser on this machine.')
}

function sentence(found: Exclude<ReturnType<typeof findLink>, { state: 'open' }>, home: string): string {
  if (found.state === 'held') {
    const holder = found.pid === undefined ? 'another program' : `process ${found.pid}`
    return `The data folder ${home} is in use by ${holder}, which has no link: the desktop window, or another command.`
  }
  const left = found.isStale ? ' A lab that ended without notice left a link behind, which no longer works.' : ''
  return `No lab is open in ${home}.${left} Open one with: lab serve`
}
