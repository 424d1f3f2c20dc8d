import { writeFileSync } from 'node:fs'
import { readScenario, writeScenario } from '@shared/formats'
import { workflowsOf } from '@shared/model/batch/draw'
import { ALGORITHMS } from '../../algorithms'
import { isLearned } from '../../learn/learner'
import type { PlacingAlgorithm } from '../../learn/placing'
import { adversary } from '../../studies/adversary'
import { type Command, onlyArgument, textOf, UsageError, wholeOf } from './command'
import { accept, naming, openDocument } from './documents'
import { note, number, print, printJson } from './output'
import { scenarioDocument } from './scenario'

const TRIES = 300
const RANGE = 4

/** An algorithm that places without training. */
function placer(id: string | undefined, option: string): PlacingAlgorithm {
  const known = ALGORITHMS.flatMap((algorithm) => (isLearned(algorithm) ? [] : [algorithm]))
  const found = known.find(({ card }) => card.id === id)
  if (found) return found
  throw new UsageError(
    `${option} takes an algorithm without training: ${known.map(({ card }) => card.id).join(', ')}${id ? `; not "${id}"` : ''}`
  )
}

export const adversaryCommand: Command = {
  usage: 'adversary SCENARIO.json|PRESET --loser ALGORITHM --winner ALGORITHM [--to FILE]',
  summary: 'an instance near the scenario where one algorithm loses most to another',
  details: [
    '--loser A      the algorithm that is to cost most beside the other; --winner B: the other one. Both place without training',
    `--tries N      instances tried by annealing; default ${TRIES}`,
    `--range R      every size, speed and bandwidth stays within this factor of the scenario’s, either way; default ${RANGE}`,
    '--seed N       of the search; default 1',
    '--to FILE      writes the instance as a scenario, to be opened in the editor or run',
    '',
    'A workload that is drawn by a generator is taken as the workflows it lists. After PISA (J. Coleman and B. Krishnamachari 2024).'
  ].join('\n'),
  options: {
    loser: { type: 'string' },
    winner: { type: 'string' },
    tries: { type: 'string' },
    range: { type: 'string' },
    seed: { type: 'string' },
    to: { type: 'string' },
    on: { type: 'string' }
  },
  async run(invocation) {
    const { options } = invocation
    const name = onlyArgument(invocation, 'SCENARIO.json')
    const [loser, winner] = [placer(textOf(options, 'loser'), '--loser'), placer(textOf(options, 'winner'), '--winner')]
    const document = openDocument(name, invocation.home, ['scenario', 'workload'])
    const drawn = accept(name, readScenario(scenarioDocument(document, textOf(options, 'on'), invocation.home), document.resolve))
    const { name: workload } = drawn.workload
    const scenario = { ...drawn, workload: { name: workload, workflows: workflowsOf(drawn.workload, drawn.topology) } }
    const found = await naming(name, () =>
      adversary(
        {
          scenario,
          loser,
          winner,
          tries: wholeOf(options, 'tries', 1, 1_000_000) ?? TRIES,
          range: wholeOf(options, 'range', 2, 1000) ?? RANGE,
          seed: wholeOf(options, 'seed', 0, 2 ** 31) ?? 1
        },
        ({ ratio }, tried) => note(`${number(tried)}: ${number(ratio)}`)
      )
    )
    const instance = writeScenario({ ...found.scenario, name: `${drawn.name}, hard for ${loser.card.id}` })
    const to = textOf(options, 'to')
    if (to) writeFileSync(to, `${JSON.stringify(instance, null, 2)}\n`)
    const { ratio, loserCost, winnerCost } = found
    if (invocation.json) await printJson({ loser: loser.card.id, winner: winner.card.id, ratio, loserCost, winnerCost, scenario: instance })
    else {
      await print(
        `${loser.card.title} costs ${number(ratio)} times what ${winner.card.title} costs: Q ${number(loserCost, 6)} against ${number(winnerCost, 6)}.`
      )
      if (to) await print(`Written: ${to}`)
    }
    return 0
  }
}
