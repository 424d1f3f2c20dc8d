import { count } from '@shared/format'
import { existsSync, readFileSync } from 'node:fs'
import type { DetectionSummary } from '@shared/contract/playground'
import type { RunSpec } from '@shared/run/spec'
import { EXPERIMENT_DEFAULTS } from '@shared/experiment/experiment'
import { STARTS, type Start } from '@shared/experiment/recovery'
import { readSchedule } from '@shared/formats'
import { isPsi, policyBytesOf, runPolicyOf } from '../../api/policies'
import { adaptingTo } from '../../playground/adapting'
import { loadBackend } from '../../learn/backend'
import { isBatchPolicy } from '../../learn/batches/policy'
import { isOfBatches } from '../../learn/batches/problem'
import { detectionOf } from '../../learn/detection'
import { runOuterLoop, type WorldRecord } from '../../learn/outer'
import { PolicyMisfitError, readPolicy } from '../../learn/policy'
import { shippedPolicies } from '../../learn/shipped-policies'
import { openScenario } from './assess'
import { type Command, InputError, type Invocation, numberOf, textOf, UsageError, wholeOf } from './command'
import { accept, openDocument } from './documents'
import { note, number, percent, print, printJson, table } from './output'
import { resolveIds } from './runs'
import { withHistory } from './session'

/** What learners start from: a file, one that is kept or came with the lab, by its name, or a run's, of which the algorithm is then known too. */
async function psiOf(invocation: Invocation, name: string): Promise<{ bytes: Uint8Array; isMeta: boolean; spec?: RunSpec }> {
  // A file does not tell what made it.
  if (existsSync(name)) return { bytes: readFileSync(name), isMeta: false }
  const shipped = (await shippedPolicies()).find((policy) => policy.name === name)
  if (shipped) return { bytes: shipped.bytes, isMeta: readPolicy(shipped.bytes).card.shape.coefficients > 0 }
  return withHistory(invocation, async (session) => {
    const { store } = session.lab
    const kept = await policyBytesOf(session.lab, name)
    if (kept)
      return { bytes: kept, isMeta: await isPsi(session.lab, name), spec: store.runs.row(name) ? store.detail(name)?.spec : undefined }
    const [id] = resolveIds(session, [name])
    const bytes = runPolicyOf(store, id)
    if (!bytes) throw new UsageError(`run ${id} has no policy: it has not completed, or its algorithm does not learn`)
    return { bytes, isMeta: await isPsi(session.lab, id), spec: store.detail(id)?.spec }
  })
}

/** Sequences of noise that detection is measured over. */
const TRIALS = 20

const TITLE: Record<Start, string> = { psi: 'from ψ', old: 'from its old weights', random: 'from random weights' }
/** Weights that no meta-learning made are not ψ. */
const GIVEN = 'from the given weights'

function recoveryTable(worlds: readonly WorldRecord[], isMeta: boolean): string {
  const right = (head: string) => ({ head, align: 'right' as const })
  const rows = worlds.flatMap(({ at, detectedAt, learnSteps, optimumCost, starts }, i) =>
    STARTS.map((start, k) => {
      const { steps, excessCost, finalGap } = starts[start]
      const seen = i === 0 ? 'start' : detectedAt === undefined ? 'not seen' : `workflow ${detectedAt}`
      return [
        k === 0 ? String(at) : '',
        k === 0 ? seen : '',
        k === 0 ? number(optimumCost) : '',
        start === 'psi' && !isMeta ? GIVEN : TITLE[start],
        steps === undefined ? `not in ${learnSteps}` : String(steps),
        number(excessCost),
        percent(finalGap)
      ]
    })
  )
  return table(
    [
      { head: 'at workflow' },
      { head: 'detected' },
      right('optimum Q*'),
      { head: 'start' },
      right('learn steps to within 5 %'),
      right('excess Q until then'),
      right('gap at the end')
    ],
    rows
  )
}

/** Against an oracle, which sees every change at once and nothing else. */
function detectionTable({ noise, trials, changes, falseAlarms, workflows }: DetectionSummary, worlds: readonly WorldRecord[]): string {
  const right = (head: string) => ({ head, align: 'right' as const })
  const rows = changes.map(({ medianDelay, greatestDelay, missed }, k) => [
    String(worlds[k + 1]?.at ?? ''),
    '0',
    number(medianDelay),
    number(greatestDelay),
    `${missed} of ${trials}`
  ])
  const head = [right('change at'), right('oracle, workflows'), right('observed, median'), right('greatest'), right('not seen')]
  const rate = number((1000 * falseAlarms) / workflows, 2)
  return [
    `Detection from delays with ${number(noise * 100)} % noise, ${trials} sequences of noise, in workflows after the change:`,
    table(head, rows),
    `False alarms: ${falseAlarms} in ${count(workflows, 'workflow', 'workflows')} (${rate} per 1,000).`
  ].join('\n')
}

export const adaptCommand: Command = {
  usage: 'adapt SCENARIO.json|PRESET --policy NAME|RUN|FILE --schedule S.json',
  summary: 'a changing world: the outer model detects each change and restarts the inner model from a policy',
  details: [
    '--policy NAME|RUN|FILE   what restarts begin from, ψ from meta-learning or other weights: a named policy, a run, or a file of "lab runs export RUN --policy --to FILE"',
    '--schedule FILE     which bandwidths and speeds change, and when (dmro-schedule/1)',
    '--seed N            default 1',
    '--observe SIGMA     no oracle: the outer model sees the measured delays of the workflows it placed, with this relative noise (0.05 is 5 %),',
    '                    and a sequential test (CUSUM, Page 1954) decides; without it exact coefficients are compared at every workflow',
    '--seeds N           with --observe: sequences of noise that detection is measured over, default 20',
    '--on TOPOLOGY       if the file holds only workflows',
    '',
    'Beside it, on the same workflows: the same run that keeps its weights, and the same run restarted from random ones.',
    'Costs are stated in T_ref and E_ref of the first world throughout.'
  ].join('\n'),
  options: {
    policy: { type: 'string' },
    schedule: { type: 'string' },
    seed: { type: 'string' },
    seeds: { type: 'string' },
    observe: { type: 'string' },
    on: { type: 'string' }
  },
  async run(invocation) {
    const { options } = invocation
    const name = textOf(options, 'policy')
    const plan = textOf(options, 'schedule')
    if (name === undefined) throw new UsageError('--policy RUN or FILE is missing')
    if (plan === undefined) throw new UsageError('--schedule FILE is missing')
    const seed = wholeOf(options, 'seed', 0, 2 ** 31) ?? 1
    const noise = numberOf(options, 'observe', 0, 10)
    const trials = wholeOf(options, 'seeds', 1, 10_000) ?? TRIALS
    if (noise === undefined && options.seeds !== undefined) throw new UsageError('--seeds is for --observe')
    const { scenario } = await openScenario(invocation)
    const document = openDocument(plan, invocation.home)
    const schedule = accept(plan, readSchedule(document.value, scenario.topology))
    const { bytes, isMeta, spec } = await psiOf(invocation, name)
    process.env.TF_NUM_INTRAOP_THREADS ??= '1'
    const worlds: WorldRecord[] = []
    let detection: DetectionSummary | undefined
    try {
      if (isOfBatches(scenario) || isBatchPolicy(bytes))
        throw new PolicyMisfitError(
          'learners adapt on chains only; a policy of graphs or shared machines places a changed scenario by "lab decide", and the playground changes its world by hand'
        )
      const { card } = readPolicy(bytes)
      const { algorithm, parameters } = adaptingTo(card, spec)
      const { heldOut, split } = { ...EXPERIMENT_DEFAULTS, ...spec }
      const backend = await loadBackend()
      const outer = { algorithm, parameters, scenario, schedule, psi: bytes, seed, heldOut, split }
      if (noise !== undefined) {
        const seeds = Array.from({ length: trials }, (_, i) => i + 1)
        detection = detectionOf(backend, { ...outer, noise }, seeds)
      }
      for (const world of runOuterLoop(backend, { ...outer, noise })) {
        worlds.push(world)
        if (!invocation.json) note(`workflows from ${world.at}: ${count(world.learnSteps, 'learn step', 'learn steps')}`)
      }
    } catch (error) {
      if (error instanceof PolicyMisfitError || error instanceof RangeError)
        throw new InputError(name, [{ path: name, message: error.message }])
      throw error
    }
    if (invocation.json) await printJson({ schedule: schedule.name, seed, ...(detection && { detection }), worlds })
    else {
      await print(recoveryTable(worlds, isMeta))
      if (detection) await print(`\n${detectionTable(detection, worlds)}`)
    }
    return 0
  }
}
