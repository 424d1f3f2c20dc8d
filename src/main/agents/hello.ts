import { faultOf, type Parameter, type ParameterTable } from '@shared/algorithms/parameters'
import { METRICS } from '@shared/run/metrics'
import { excerpt, ProgramFault } from './fault'

export const PROTOCOL = 'dmro-agent/1'

/** What a program says of itself when it is started. */
export interface Hello {
  title?: string
  /** One sentence for lists. */
  summary?: string
  /** What it is made with, for people: "numpy 2.3". */
  made?: string
  /** Learn steps of a run unless something else is asked for; absent of programs that place without training. */
  learnSteps?: number
  /** It places the same whatever the seed: runs of several seeds are one. */
  isDeterministic?: true
  /** Its own parameters. */
  parameters: ParameterTable
  /** Metrics that it reports while it trains. */
  metrics: string[]
}

/** What the lab itself asks of a run, or computes of it. */
const LABS_PARAMETERS = ['learnSteps', 'evaluateEvery', 'checkpointEvery', 'training', 'jitter', 'conditioned', 'evaluations', 'units']
const REPORTED = METRICS.map(({ key }) => key).filter((key) => !['cost', 'gap', 'delay', 'energy', 'speed'].includes(key))
const MOST_PARAMETERS = 100

/** Reads a program's answer to hello. Throws ProgramFault with the first thing that is wrong with it. */
export function readHello(message: Record<string, unknown>): Hello {
  const { protocol, title, summary, made, learnSteps, deterministic, parameters = [], metrics = [] } = message
  if (protocol !== PROTOCOL) throw wrong('protocol', `must be "${PROTOCOL}", not ${excerpt(protocol)}`)
  if (learnSteps !== undefined && !isWhole(learnSteps, 1, 10_000_000))
    throw wrong('learnSteps', 'must be a whole number between 1 and 10,000,000')
  if (!Array.isArray(parameters) || parameters.length > MOST_PARAMETERS)
    throw wrong('parameters', `must be a list of at most ${MOST_PARAMETERS}`)
  if (!Array.isArray(metrics)) throw wrong('metrics', 'must be a list')
  const unknown = metrics.find((key) => !REPORTED.includes(key))
  if (unknown !== undefined)
    throw wrong('metrics', `must be among ${REPORTED.join(', ')}, not ${excerpt(unknown)}; the lab measures the others`)
  const table = parameters.map((given, i) => readParameter(given, `parameters[${i}]`))
  const keys = table.map(({ key }) => key)
  const twice = keys.find((key, i) => keys.indexOf(key) !== i)
  if (twice !== undefined) throw wrong('parameters', `must not declare ${excerpt(twice)} twice`)
  return {
    ...optional({ title: textAt('title', title, 60), summary: textAt('summary', summary, 300), made: textAt('made', made, 60) }),
    ...(learnSteps !== undefined && { learnSteps }),
    ...(deterministic === true && { isDeterministic: true as const }),
    parameters: table,
    metrics: [...new Set(metrics as string[])]
  }
}

function wrong(path: string, what: string): ProgramFault {
  return new ProgramFault(`In its answer to hello, ${path} ${what}.`)
}

const isWhole = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max

function optional<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>
}

function textAt(path: string, value: unknown, most: number): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && value.length > 0 && value.length <= most) return value
  throw wrong(path, `must be a text of at most ${most} characters`)
}

/** A parameter as the lab's own are declared (shared/algorithms/parameters.ts). */
function readParameter(given: unknown, path: string): Parameter {
  if (typeof given !== 'object' || given === null) throw wrong(path, `must be an object, not ${excerpt(given)}`)
  const { key, type, label, sentence, symbol, unit, common, min, max, choices, ...rest } = given as Record<string, unknown>
  if (typeof key !== 'string' || !/^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(key))
    throw wrong(`${path}.key`, 'must be a name of letters, digits and _')
  if (LABS_PARAMETERS.includes(key)) throw wrong(`${path}.key`, `must not be "${key}", which the lab itself asks for`)
  const base = {
    key,
    label: textAt(`${path}.label`, label, 60) ?? key,
    sentence: textAt(`${path}.sentence`, sentence, 300) ?? 'The program’s own.',
    ...optional({ symbol: textAt(`${path}.symbol`, symbol, 10), unit: textAt(`${path}.unit`, unit, 30) }),
    ...(common === true && { common: true as const })
  }
  const parameter = { ...base, ...typed(type, { min, max, choices }, path), default: rest.default } as Parameter
  const fault = faultOf(parameter, rest.default)
  if (fault !== undefined) throw wrong(`${path}.default`, `does not fit: ${fault}`)
  return parameter
}

function typed(type: unknown, { min, max, choices }: Record<'min' | 'max' | 'choices', unknown>, path: string): Partial<Parameter> {
  if (type === 'switch') return { type }
  if (type === 'choice') {
    if (!Array.isArray(choices) || choices.length === 0) throw wrong(`${path}.choices`, 'must list at least one')
    const read = choices.map((choice) => (typeof choice === 'string' ? { value: choice, label: choice } : choice))
    if (!read.every((choice) => typeof choice?.value === 'string' && typeof choice.label === 'string'))
      throw wrong(`${path}.choices`, 'must be texts, or objects of value and label')
    return { type, choices: read.map(({ value, label }) => ({ value, label })) }
  }
  if (type !== 'integer' && type !== 'number')
    throw wrong(`${path}.type`, `must be integer, number, choice or switch, not ${excerpt(type)}`)
  if (typeof min !== 'number' || typeof max !== 'number' || !(min <= max)) throw wrong(path, 'needs min and max, in this order')
  return { type, min, max }
}
