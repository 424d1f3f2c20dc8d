import { readPlacement, readScenario } from '@shared/formats'
import { type Assessment, assess, assessReference } from '@shared/model/assessment'
import { type Effort, THOROUGH } from '@shared/model/search/reference'
import { REFERENCE_NAMES, type World } from '@shared/model/world'
import { compiledWorldOf } from '../../computing/documents'
import { type Command, type Invocation, onlyArgument, textOf, UsageError } from './command'
import { accept, naming, openDocument } from './documents'
import { number, percent, print, printJson, table } from './output'
import { scenarioDocument } from './scenario'

/** The scenario a command line names. */
export async function openScenario(invocation: Invocation, effort?: Effort): Promise<World> {
  const name = onlyArgument(invocation, 'SCENARIO.json')
  const document = openDocument(name, invocation.home, ['scenario', 'workload'])
  const scenario = accept(
    name,
    readScenario(scenarioDocument(document, textOf(invocation.options, 'on'), invocation.home), document.resolve)
  )
  return naming(name, () => compiledWorldOf(scenario, effort))
}

/** Prints an assessment: totals and one line per workflow; with `tasks`, one line per task too. */
export async function printAssessment(assessment: Assessment, tasks: boolean): Promise<void> {
  const { references, total, workflows } = assessment
  const right = (head: string) => ({ head, align: 'right' as const })
  const line = (name: string, cost: Assessment['total'], where: string) => [
    name,
    number(cost.delaySeconds, 6),
    number(cost.energyJoules, 6),
    number(cost.cost, 6),
    percent(cost.optimalityGap),
    where
  ]
  const rows = workflows.flatMap((workflow) => [
    line(workflow.id, workflow, Object.values(workflow.placement).join(' → ')),
    ...(tasks
      ? workflow.tasks.map((task) => [
          `  ${task.id}`,
          number(task.finishSeconds - task.startSeconds, 6),
          number(task.energyJoules, 6),
          '',
          '',
          `${task.node}, ${number(task.startSeconds, 6)} – ${number(task.finishSeconds, 6)} s`
        ])
      : [])
  ])
  await print(
    table(
      [{ head: 'workflow' }, right('delay T, s'), right('energy E, J'), right('cost Q'), right('gap'), { head: 'placement' }],
      [...rows, line('total', total, '')]
    )
  )
  const { kind, lower, upper } = total.reference
  const range = kind === 'optimum' ? '' : `, the least Q lies between ${number(lower, 6)} and ${number(upper, 6)}`
  await print(`Gaps are to the ${REFERENCE_NAMES[kind]} (${assessment.how.join('; ')})${range}.`)
  await print(`References: ${number(references.delaySeconds, 6)} s, ${number(references.energyJoules, 6)} J`)
}

const ON = '--on TOPOLOGY   if the file holds only workflows: the topology they are placed on; default one-edge-one-cloud'

export const optimumCommand: Command = {
  usage: 'optimum SCENARIO.json|PRESET [--tasks]',
  summary: 'the exact optimum: placement, delay T, energy E, cost Q',
  details: `--tasks         one line per task as well\n${ON}`,
  options: { tasks: { type: 'boolean' }, on: { type: 'string' } },
  async run(invocation) {
    const assessment = assessReference(await openScenario(invocation, THOROUGH))
    if (invocation.json) await printJson(assessment)
    else await printAssessment(assessment, invocation.options.tasks === true)
    return 0
  }
}

export const evaluateCommand: Command = {
  usage: 'evaluate SCENARIO.json|PRESET --placement P.json',
  summary: 'what a placement costs, workflow by workflow and task by task',
  details: ON,
  options: { placement: { type: 'string' }, on: { type: 'string' } },
  async run(invocation) {
    const file = textOf(invocation.options, 'placement')
    if (file === undefined) throw new UsageError('--placement P.json is missing')
    const world = await openScenario(invocation)
    const placements = accept(file, readPlacement(openDocument(file, invocation.home).value, world))
    const assessment = assess(world, placements)
    if (invocation.json) await printJson(assessment)
    else await printAssessment(assessment, true)
    return 0
  }
}
