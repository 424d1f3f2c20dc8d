import { type Parameter, type ParameterValue, parameterOfRun } from '../algorithms/parameters'
import type { RunRow } from '../contract/records'
import { RUN_STATUSES } from '../run/lifecycle'
import type { Source } from '../contract/sources'
import { collapsedTier } from '../run/evaluation'
import { isTrained } from '../run/steps'
import { type Cards, namedParameter } from '../run/naming'

/** What a condition can ask of a run. */
export interface Field {
  /** What it is called; the first name is the one that help shows. */
  names: readonly string[]
  /** What it is, in a few words. */
  says: string
  /** `moment`: a time in milliseconds since 1970. */
  kind: 'number' | 'text' | 'switch' | 'moment'
  /** Factors of the units a number may carry; the key '' is a number without one. */
  units?: Readonly<Record<string, number>>
  /** Its numbers are whole ones. */
  whole?: true
  /** Said where a number comes without a unit that it needs. */
  needs?: string
  /** The only values there are. */
  values?: readonly string[]
  /** What kind of value it has, only its runs know: it is compared as what it is. */
  isLoose?: true
  of(row: RunRow): ParameterValue | readonly string[] | undefined
}

type Of = Field['of']
type Units = NonNullable<Field['units']>

const PERCENT = { '%': 0.01 }
const SECONDS = { '': 1, ms: 0.001, s: 1, min: 60, h: 3600, d: 86_400 }
const THOUSANDS = { '': 1, k: 1000 }
const PLAIN = { '': 1 }

const number = (names: readonly string[], says: string, units: Units, of: Of, needs?: string): Field => ({
  names,
  says,
  kind: 'number',
  units,
  of,
  ...(needs && { needs })
})
const whole = (names: readonly string[], says: string, of: Of, units: Units = PLAIN): Field => ({
  ...number(names, says, units, of),
  whole: true
})
const words = (names: readonly string[], says: string, of: Of, values?: readonly string[]): Field => ({
  names,
  says,
  kind: 'text',
  of,
  ...(values && { values })
})
const flag = (name: string, says: string, of: (row: RunRow) => boolean): Field => ({ names: [name], says, kind: 'switch', of })
const moment = (name: string, says: string, of: Of): Field => ({ names: [name], says, kind: 'moment', of })

/** Learned everything into one tier although the optimum does not. */
export function isCollapsed(row: RunRow): boolean {
  return row.evaluation !== undefined && isTrained(row) && collapsedTier(row.evaluation) !== undefined
}

const named = (name: string | undefined) => (name === undefined ? undefined : { name })

/** What a version is asked for by: its document's name, with its number where there is one, and the document's id. */
function sourceNames(source: Source | undefined): readonly string[] {
  if (!source) return []
  const { name, id, version } = source
  return id === undefined ? [name] : [name, `${name} v${version}`, id, `${id} v${version}`]
}

/** Every field but the parameters, which go by their own names. */
export const FIELDS: readonly Field[] = [
  number(['gap'], 'mean gap to the optimum', PERCENT, (row) => row.evaluation?.gapMean ?? row.latest.gap, '%'),
  number(['p95'], 'gap that 95 % of the workflows have at most', PERCENT, (row) => row.evaluation?.gapP95, '%'),
  number(['max'], 'greatest gap of a workflow', PERCENT, (row) => row.evaluation?.gapMax, '%'),
  number(['meangap', 'area'], 'mean gap along the run', PERCENT, (row) => row.evaluation?.course?.meanGap, '%'),
  number(['logmeangap', 'logarea'], 'geometric mean of the gap along the run', PERCENT, (row) => row.evaluation?.course?.logMeanGap, '%'),
  number(['bestgap', 'best'], 'smallest gap along the run', PERCENT, (row) => row.evaluation?.course?.bestGap, '%'),
  number(['beststep'], 'learn step of the smallest gap', THOUSANDS, (row) => row.evaluation?.course?.bestStep),
  number(['cost', 'q'], 'mean cost Q of a workflow', PLAIN, (row) => row.evaluation?.meanCost ?? row.latest.cost),
  number(['delay'], 'mean time of a workflow', SECONDS, (row) => row.evaluation?.meanDelaySeconds),
  number(['energy'], 'mean energy of a workflow', { '': 1, j: 1, kj: 1000 }, (row) => row.evaluation?.meanEnergyJoules),
  number(['decision'], 'time to place a workflow', { '': 1, ms: 1, s: 1000 }, (row) => row.evaluation?.decisionMs),
  whole(['exact'], 'workflows placed as well as the optimum', (row) => row.evaluation?.exactMatches),
  whole(['seed'], 'training seed', (row) => row.seed),
  whole(['steps'], 'learn steps made', (row) => row.learnSteps, THOUSANDS),
  number(['time'], 'training time without pauses', SECONDS, (row) => (row.startedAt === undefined ? undefined : row.seconds)),
  number(['delta', 'δ'], 'energy weight δ', PLAIN, (row) => row.facts?.energyWeight),
  whole(['tasks', 'n'], 'tasks N of the longest workflow', (row) => row.facts?.tasks),
  whole(['places', 'k'], 'places K a task can run at', (row) => row.facts?.locations),
  whole(['priority'], '1, 0 or −1 in the queue', (row) => row.priority ?? 0),
  moment('started', 'when it began to train', (row) => row.startedAt),
  moment('queued', 'when it was queued', (row) => row.queuedAt),
  moment('ended', 'when it ended', (row) => row.endedAt),
  words(['status', 'state'], 'what becomes of it', (row) => row.status, RUN_STATUSES),
  words(['algorithm', 'scheme'], 'what it is trained by', (row) => row.algorithm),
  words(['scenario'], 'topology, workload and objective', (row) => row.scenario),
  words(['topology'], 'its topology, or a version of it: "office v3"', (row) => sourceNames(row.sources?.topology ?? named(row.topology))),
  words(['workload'], 'its workload, or a version of it', (row) => sourceNames(row.sources?.workload)),
  words(['environments'], 'environment set it learns over, or a version of it', (row) => sourceNames(row.sources?.environments)),
  words(['experiment'], 'experiment it belongs to, or a version of a saved one', (row) => [
    row.experiment,
    ...sourceNames(row.sources?.experiment)
  ]),
  words(['id'], 'eight digits that name it', (row) => row.id),
  words(['tag'], 'a tag it has', (row) => row.tags ?? []),
  words(['note'], 'what its note says', (row) => row.note),
  words(['message'], 'why it failed, diverged or waits', (row) => row.message),
  flag('pinned', 'it is pinned', (row) => row.pinned === true),
  flag('archived', 'it is in the archive', (row) => row.archived === true),
  flag('collapsed', 'it learned everything into one tier', isCollapsed)
]

const PREFIXED = /^(?:parameters?|p)\.([A-Za-z][A-Za-z0-9]*)$/

/** Every parameter there is, each once, as the first algorithm has it that does. */
export function parametersIn(cards: Cards): Parameter[] {
  const found = new Map<string, Parameter>()
  for (const { parameters } of cards.values()) for (const each of parameters) if (!found.has(each.key)) found.set(each.key, each)
  return [...found.values()]
}

/** A parameter as a field; algorithms may have parameters of one key and different kinds, and runs some that none has any more. */
function parameterField(key: string, cards: Cards): Field {
  const declared = [...cards.values()].flatMap(({ parameters }) => parameters.filter((each) => each.key === key))
  const types = new Set(declared.map(({ type }) => (type === 'integer' ? 'number' : type)))
  const [type] = types
  const first = namedParameter(key, cards)
  const base = {
    names: [`parameters.${key}`],
    says: first?.label.toLowerCase() ?? 'a parameter',
    of: (row: RunRow) => parameterOfRun(cards.get(row.algorithm), row.parameters, key)
  }
  if (types.size === 1 && type === 'switch') return { ...base, kind: 'switch' }
  if (types.size === 1 && type === 'choice') {
    const choices = declared.flatMap((each) => (each.type === 'choice' ? each.choices.map(({ value }) => value) : []))
    return { ...base, kind: 'text', values: [...new Set(choices)] }
  }
  return { ...base, kind: 'number', units: { ...PLAIN, '%': 0.01 }, ...(types.size !== 1 && { isLoose: true as const }) }
}

/** The field of a name: one of those above, or a parameter by its key, label or symbol. Undefined where there is none. */
export function fieldOf(name: string, cards: Cards): Field | undefined {
  const prefixed = PREFIXED.exec(name)?.[1]
  if (prefixed) return parameterField(prefixed, cards)
  const lower = name.toLowerCase()
  const own = FIELDS.find((field) => field.names.includes(lower))
  if (own) return own
  const parameters = parametersIn(cards)
  const parameter =
    parameters.find(({ key, label }) => key.toLowerCase() === lower || label.toLowerCase() === lower) ??
    parameters.find(({ symbol }) => symbol === name)
  return parameter && parameterField(parameter.key, cards)
}
