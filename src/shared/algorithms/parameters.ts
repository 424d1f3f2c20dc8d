import { parseSweep, valuesOf } from './sweep'

/** A parameter is declared once; forms, CLI help, validation, stored configurations and reference pages are drawn from it. */
interface ParameterBase {
  key: string
  label: string
  /** One sentence: what it does, and what to know before changing it. */
  sentence: string
  /** The paper's symbol. */
  symbol?: string
  unit?: string
  /** Runs that differ in it can learn side by side as one stack of networks. */
  stacks?: true
  /** People change it first: forms show it before all others are asked for. */
  common?: true
  /** The time of a learn step follows from it: estimates go by runs that have it alike. */
  paces?: true
  /** It has an effect only where another parameter has this value; its sentence says so. */
  only?: { key: string; value: ParameterValue }
  /** It has an effect on graphs and shared machines alone; its sentence says so. */
  graphs?: true
  /** It has an effect on streams alone; its sentence says so. */
  streams?: true
  /** What runs did that are older than the parameter, where that is not its default. */
  before?: ParameterValue
}

export interface NumberParameter extends ParameterBase {
  type: 'integer' | 'number'
  default: number
  min: number
  max: number
}

export interface ChoiceParameter extends ParameterBase {
  type: 'choice'
  default: string
  choices: readonly { value: string; label: string }[]
}

export interface SwitchParameter extends ParameterBase {
  type: 'switch'
  default: boolean
}

export type Parameter = NumberParameter | ChoiceParameter | SwitchParameter
export type ParameterValue = number | string | boolean
export type ParameterValues = Record<string, ParameterValue>
export type ParameterTable = readonly Parameter[]

/** The unit after a value: one task, two tasks. */
export function unitAfter(value: ParameterValue, { unit }: Parameter): string | undefined {
  return value === 1 ? unit?.replace(/^([a-z ]{3,})s$/, '$1') : unit
}

/** A parameter that runs once had, although nothing came of it. */
export interface RemovedParameter {
  key: string
  default: ParameterValue
  /** Why it had no effect, in a clause. */
  why: string
}

/** An algorithm's parameters, and those it once had. */
export interface Declared {
  parameters: ParameterTable
  removed?: readonly RemovedParameter[]
}

/**
 * A run's parameters as its algorithm reads them. One that is older than a parameter did what was done before there was a choice; one that
 * names a removed parameter did what it would do without.
 */
export function parametersOfRun({ parameters, removed = [] }: Declared, given: ParameterValues): ParameterValues {
  const before = parameters.map((parameter): [string, ParameterValue] => [parameter.key, parameter.before ?? parameter.default])
  const kept = Object.entries(given).filter(([key]) => removed.every((gone) => gone.key !== key))
  return Object.fromEntries([...before, ...kept])
}

/** One of a run's parameters as `parametersOfRun` has it; of an algorithm that is not there, as it was given. */
export function parameterOfRun(declared: Declared | undefined, given: ParameterValues, key: string): ParameterValue | undefined {
  if (given[key] !== undefined || !declared) return given[key]
  const parameter = declared.parameters.find((each) => each.key === key)
  return parameter?.before ?? parameter?.default
}

export function defaultsOf(table: ParameterTable): ParameterValues {
  return Object.fromEntries(table.map((parameter) => [parameter.key, parameter.default]))
}

/** What is wrong with `value` for `parameter`, as a sentence; undefined where nothing is. */
export function faultOf(parameter: Parameter, value: unknown): string | undefined {
  const { key } = parameter
  if (parameter.type === 'switch')
    return typeof value === 'boolean' ? undefined : `${key} must be true or false, not ${JSON.stringify(value)}`
  if (parameter.type === 'choice') {
    if (parameter.choices.some((choice) => choice.value === value)) return undefined
    return `${key} must be one of ${parameter.choices.map((choice) => `"${choice.value}"`).join(', ')}, not ${JSON.stringify(value)}`
  }
  const range = `between ${parameter.min} and ${parameter.max}${parameter.unit ? ` ${parameter.unit}` : ''}`
  if (typeof value !== 'number') return `${key} must be a number ${range}, not ${JSON.stringify(value)}`
  if (!Number.isFinite(value)) return `${key} must be a number ${range}, not ${value}`
  if (parameter.type === 'integer' && !Number.isInteger(value)) return `${key} must be a whole number ${range}, not ${value}`
  if (value < parameter.min || value > parameter.max) return `${key} must be ${range}, not ${value}`
  return undefined
}

/** Values typed as text (`--set dmro.units=5,10`) as the type their parameter asks for, left as they are where they cannot be. */
export function parseValues(parameter: Parameter, text: string): ParameterValue[] | { fault: string } {
  if (parameter.type !== 'integer' && parameter.type !== 'number')
    return text.split(',').map((part) => (parameter.type === 'switch' && (part === 'true' || part === 'false') ? part === 'true' : part))
  const read = parseSweep(text, { whole: parameter.type === 'integer', max: parameter.max, scripted: true })
  if ('fault' in read) return read
  const values = valuesOf(read.chips)
  return values.length > 0 ? values : { fault: `${parameter.key} needs a number.` }
}
