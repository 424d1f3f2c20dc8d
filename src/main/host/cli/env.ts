import { readScenario } from '@shared/formats'
import { BadDocumentError } from '../../computing/documents'
import { compileAnyProblem } from '../../learn/problems'
import { ServedWorld, serveWorld } from '../../agents/served-world'
import { type Command, numberOf, onlyArgument, textOf, wholeOf } from './command'
import { accept, naming, openDocument } from './documents'
import { scenarioDocument } from './scenario'

const MOST_SEED = 4_294_967_295

/** What cannot be compiled is the document's fault. */
function orBadDocument<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new BadDocumentError([{ path: '$', message: error.message }])
    throw error
  }
}

/** A line to stdout; resolves once a pipe has taken it. */
function writeLine(line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()))
  })
}

export const envCommand: Command = {
  usage: 'env SCENARIO.json|NAME [--on TOPOLOGY] [--seed N] [--held-out N] [--split SHARE]',
  summary: 'a world for a training loop outside the lab, over stdin and stdout',
  details: [
    'Says what the world is, then answers a line of JSON with another: {"type": "reset", "rows": 64}, {"type": "step", "actions": […]}, {"type": "end"}.',
    'dmro_lab.make of the Python package starts it; docs/own-algorithm.md has the protocol (dmro-env/1). Nothing is stored.',
    '',
    '--seed N        of the training stream; default 1',
    '--held-out N    workflows drawn for {"type": "reset", "heldOut": true}; default 200. They are those of the lab’s own runs',
    '--split SHARE   of listed workflows, the share that is held out; default 0: all are trained on and evaluated'
  ].join('\n'),
  options: { on: { type: 'string' }, seed: { type: 'string' }, 'held-out': { type: 'string' }, split: { type: 'string' } },
  async run(invocation) {
    const { options, home } = invocation
    const name = onlyArgument(invocation, 'SCENARIO.json')
    const seed = wholeOf(options, 'seed', 0, MOST_SEED) ?? 1
    const heldOut = wholeOf(options, 'held-out', 1, 100_000) ?? 200
    const split = numberOf(options, 'split', 0, 1) ?? 0
    const document = openDocument(name, home, ['scenario', 'workload'])
    const scenario = accept(name, readScenario(scenarioDocument(document, textOf(options, 'on'), home), document.resolve))
    const problem = await naming(name, () =>
      orBadDocument(() => compileAnyProblem({ scenario, heldOut, split }, { training: 'fresh', jitter: 0 }))
    )
    await serveWorld(new ServedWorld(problem, scenario, seed), process.stdin, writeLine)
    return 0
  }
}
