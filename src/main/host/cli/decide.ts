import { count } from '@shared/format'
import { existsSync, readFileSync } from 'node:fs'
import { decideScenario } from '../../learn/decide'
import { policyBytesOf, runPolicyOf } from '../../api/policies'
import { PolicyMisfitError } from '../../learn/policy'
import { shippedPolicies } from '../../learn/shipped-policies'
import { openScenario, printAssessment } from './assess'
import { type Command, InputError, type Invocation, textOf, UsageError } from './command'
import { note, number, printJson } from './output'
import { resolveIds } from './runs'
import { withHistory } from './session'

/** The bytes of a policy: a file, one that is kept or came with the lab, by its name, or a run's. */
async function policyBytes(invocation: Invocation, name: string): Promise<Uint8Array> {
  if (existsSync(name)) return readFileSync(name)
  const shipped = (await shippedPolicies()).find((policy) => policy.name === name)
  if (shipped) return shipped.bytes
  return withHistory(invocation, async (session) => {
    const kept = await policyBytesOf(session.lab, name)
    if (kept) return kept
    const [id] = resolveIds(session, [name])
    const bytes = runPolicyOf(session.lab.store, id)
    if (!bytes) throw new UsageError(`run ${id} has no policy: it has not completed, or its algorithm does not learn`)
    return bytes
  })
}

export const decideCommand: Command = {
  usage: 'decide SCENARIO.json|PRESET --policy NAME|RUN|FILE',
  summary: 'the placement of a trained policy, its gap and decision time',
  details: [
    '--policy NAME       a policy that is kept or came with the lab ("lab policies"), a run, or a file of "lab policies export"',
    '--tasks             one line per task as well',
    '--on TOPOLOGY       if the file holds only workflows'
  ].join('\n'),
  options: { policy: { type: 'string' }, tasks: { type: 'boolean' }, on: { type: 'string' } },
  async run(invocation) {
    const name = textOf(invocation.options, 'policy')
    if (name === undefined) throw new UsageError('--policy RUN or FILE is missing')
    const { scenario } = await openScenario(invocation)
    const bytes = await policyBytes(invocation, name)
    process.env.TF_NUM_INTRAOP_THREADS ??= '1'
    try {
      const assessment = await decideScenario(bytes, scenario)
      if (invocation.json) await printJson(assessment)
      else {
        await printAssessment(assessment, invocation.options.tasks === true)
        note(`Decided in ${number(assessment.decisionMs, 3)} ms for ${count(assessment.workflows.length, 'workflow', 'workflows')}.`)
      }
      return 0
    } catch (error) {
      if (error instanceof PolicyMisfitError || error instanceof RangeError)
        throw new InputError(name, [{ path: name, message: error.message }])
      throw error
    }
  }
}
