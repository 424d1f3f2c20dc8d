import { algorithmPages } from './algorithms'
import { cliPage } from './cli'
import { contractPage } from './contract'
import { csvPage } from './csv'
import { formatFiles } from './formats'
import { page } from './markdown'
import { metricsPage } from './metrics'

export const COMMAND = 'npm run reference'

/**
 * The reference of the lab, each file by its path under `docs/reference`, drawn from the code that is run.
 *
 * @param root the project's folder.
 */
export async function reference(root: string): Promise<Map<string, string>> {
  const index = page(
    '# Reference',
    [
      '- [The contract](contract.md): every method, what it takes, gives and refuses',
      '- [The command line](cli.md): every command',
      '- [Algorithms](algorithms/README.md): a page each, with every parameter',
      '- [Metrics](metrics.md): the curves that runs record',
      '- [File formats](formats/README.md): JSON Schemas',
      '- [CSV files](csv.md): their columns'
    ].join('\n'),
    'The [guide](../guide/README.md) shows how the lab is used.'
  )
  return new Map([
    ['README.md', index],
    ['contract.md', contractPage(root)],
    ['cli.md', await cliPage()],
    ['csv.md', csvPage()],
    ['metrics.md', metricsPage()],
    ...algorithmPages(),
    ...formatFiles()
  ])
}

/** What of a written reference is not what the code says: files that differ, are missing, or are of nothing that is there any more. */
export function staleFiles(made: ReadonlyMap<string, string>, written: ReadonlyMap<string, string>): string[] {
  const differing = [...made].filter(([path, text]) => written.get(path) !== text).map(([path]) => path)
  return [...differing, ...[...written.keys()].filter((path) => !made.has(path))].sort()
}
