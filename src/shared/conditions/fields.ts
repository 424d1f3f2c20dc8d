import type { RunRow } from '../contract/records'
import { RUN_STATUSES } from '../run/lifecycle'
import type { ParameterValue } from '../algorithms/parameters'
import type { Source } from '../contract/sources'

/** What a condition can ask of a run. */
export interface Field {
  /** What it is called; the first name is the one that help shows. */
  names: readonly string[]
  kind: 'number' | 'text' | 'switch'
  /** Factors of the units a number may carry; the key '' is a number without one. */
  units?: Readonly<Record<string, number>>
  /** Its numbers are whole ones. */
  whole?: true
  /** Said where a number comes without a unit that it needs. */
  needs?: string
  /** The only values there are. */
  values?: readonly string[]
  of(row: RunRow): ParameterValue | readonly string[] | undefined
}

const PERCENT = { '%': 0.01 }
const SECONDS = { '': 1, ms: 0.001, s: 1, min: 60, h: 3600 }
const PLAIN = { '': 1 }

const number = (names: readonly string[], units: Field['units'], of: Field['of'], needs?: string): Field => ({
  names,
  kind: 'number',
  units,
  of,
  ...(needs && { needs })
})
const whole = (names: readonly string[], of: Field['of'], units: Field['units'] = PLAIN): Field => ({
  ...number(names, units, of),
  whole: true
})
const words = (names: readonly string[], of: Field['of'], values?: readonly string[]): Field => ({
  names,
  kind: 'text',
  of,
  ...(values && { values })
})
const flag = (name: string, of: (row: RunRow) => boolean): Field => ({ names: [name], kind: 'switch', of })

/** Learned everything into one place although the optimum does not: by tiers, as rows hold no more. */
export function isCollapsed({ evaluation, totalLearnSteps }: RunRow): boolean {
  if (!evaluation || totalLearnSteps === 0) return false
  return (['device', 'edge', 'cloud'] as const).some((tier) => evaluation.share[tier] > 0.995 && evaluation.optimum.share[tier] < 0.9)
}

/** What a version is asked for by: its document's name, with its number where there is one, and the document's id. */
function sourceNames(source: Source | undefined): readonly string[] | undefined {
  if (!source) return undefined
  const { name, id, version } = source
  return id === undefined ? [name] : [name, `${name} v${version}`, id, `${id} v${version}`]
}

/** Every field but the parameters, which are `parameters.<key>`. */
export const FIELDS: readonly Field[] = [
  number(['gap'], PERCENT, (row) => row.evaluation?.gapMean ?? row.latest.gap, '%'),
  number(['p95'], PERCENT, (row) => row.evaluation?.gapP95, '%'),
  number(['max'], PERCENT, (row) => row.evaluation?.gapMax, '%'),
  number(['meangap', 'area'], PERCENT, (row) => row.evaluation?.course?.meanGap, '%'),
  number(['logmeangap', 'logarea'], PERCENT, (row) => row.evaluation?.course?.logMeanGap, '%'),
  number(['bestgap', 'best'], PERCENT, (row) => row.evaluation?.course?.bestGap, '%'),
  number(['beststep'], { '': 1, k: 1000 }, (row) => row.evaluation?.course?.bestStep),
  number(['cost', 'q'], PLAIN, (row) => row.evaluation?.meanCost ?? row.latest.cost),
  number(['delay'], SECONDS, (row) => row.evaluation?.meanDelaySeconds),
  number(['energy'], { '': 1, j: 1, kj: 1000 }, (row) => row.evaluation?.meanEnergyJoules),
  number(['decision'], { '': 1, ms: 1, s: 1000 }, (row) => row.evaluation?.decisionMs),
  whole(['exact'], (row) => row.evaluation?.exactMatches),
  whole(['seed'], (row) => row.seed),
  whole(['steps'], (row) => row.learnSteps, { '': 1, k: 1000 }),
  number(['time'], SECONDS, (row) => (row.startedAt === undefined ? undefined : row.seconds)),
  number(['delta', 'δ'], PLAIN, (row) => row.facts?.energyWeight),
  whole(['tasks', 'n'], (row) => row.facts?.tasks),
  whole(['places', 'k'], (row) => row.facts?.locations),
  whole(['priority'], (row) => row.priority ?? 0),
  words(['status', 'state'], (row) => row.status, RUN_STATUSES),
  words(['algorithm', 'scheme'], (row) => row.algorithm),
  words(['scenario'], (row) => row.scenario),
  words(['experiment'], (row) => [row.experiment, ...(sourceNames(row.sources?.experiment) ?? [])]),
  words(['topology'], (row) => sourceNames(row.sources?.topology)),
  words(['workload'], (row) => sourceNames(row.sources?.workload)),
  words(['environments'], (row) => sourceNames(row.sources?.environments)),
  words(['id'], (row) => row.id),
  words(['tag'], (row) => row.tags ?? []),
  words(['note'], (row) => row.note),
  words(['message'], (row) => row.message),
  flag('pinned', (row) => row.pinned === true),
  flag('archived', (row) => row.archived === true),
  flag('collapsed', isCollapsed)
]

const PARAMETER = /^(?:parameters?|p)\.([A-Za-z][A-Za-z0-9]*)$/

/** The field of a name; undefined where there is none. */
export function fieldOf(name: string): Field | undefined {
  const parameter = PARAMETER.exec(name)?.[1]
  // What kind of value a parameter has, only its runs know: it is compared as what it is.
  if (parameter)
    return { names: [`parameters.${parameter}`], kind: 'number', units: { ...PLAIN, '%': 0.01 }, of: (row) => row.parameters[parameter] }
  const lower = name.toLowerCase()
  return FIELDS.find((field) => field.names.includes(lower))
}
