import type { EvaluationSummary, Machine, RunDetail, RunRow } from '@shared/contract/records'
import type { AlgorithmCard } from '@shared/algorithms/card'
import { type ParameterValues, unitAfter } from '@shared/algorithms/parameters'
import { sourceTitle } from '@shared/algorithms/foreign'
import { valueText } from '@shared/run/naming'
import { amount, duration, cost, gap, integer, milliseconds, moment, plain } from '@shared/format'
import type { Fact } from '../ui/FactTable.vue'
import { text } from '../ui/text'

/** What stands in the panels beside a run's charts. */

export function evaluationFacts(evaluation: EvaluationSummary): Fact[] {
  const { run } = text
  const { optimum } = evaluation
  return [
    { name: run.costRow, value: cost(evaluation.meanCost), aside: cost(optimum.meanCost) },
    { name: run.delayRow, value: amount(evaluation.meanDelaySeconds), aside: amount(optimum.meanDelaySeconds) },
    { name: run.energyRow, value: amount(evaluation.meanEnergyJoules), aside: amount(optimum.meanEnergyJoules) },
    { name: run.gapMean, value: gap(evaluation.gapMean), aside: '0' },
    { name: run.gapP95Row, value: gap(evaluation.gapP95), aside: '0' },
    { name: run.gapMax, value: gap(evaluation.gapMax), aside: '0' },
    { name: run.exact, value: integer(evaluation.exactMatches), aside: integer(evaluation.batches ?? evaluation.workflows) },
    { name: run.decision, value: milliseconds(evaluation.decisionMs), aside: '' }
  ]
}

/** Every parameter of a run, those changed from their default marked. */
export function parameterFacts(parameters: ParameterValues, card: AlgorithmCard | undefined): Fact[] {
  return Object.entries(parameters).map(([key, value]): Fact => {
    const parameter = card?.parameters.find((candidate) => candidate.key === key)
    const changed = parameter !== undefined && parameter.default !== value
    const byDefault = parameter && text.run.byDefault(valueText(parameter.default, parameter))
    const unit = [parameter && unitAfter(value, parameter), changed ? `(${byDefault})` : undefined]
      .filter((part) => part !== undefined)
      .join(' ')
    return {
      name: parameter?.label ?? key,
      ...(parameter?.symbol && { symbol: parameter.symbol }),
      value: valueText(value, parameter),
      ...(unit && { unit }),
      ...(parameter && { title: `${parameter.sentence} (${key}; ${byDefault})` }),
      marked: changed
    }
  })
}

export function scenarioFacts({ row, objective, references }: RunDetail): Fact[] {
  if (!objective || !references) return []
  const { scenarioRows } = text.run
  return [
    ...(row.facts
      ? [
          { name: scenarioRows.places, value: plain(row.facts.locations) },
          { name: scenarioRows.tasks, value: plain(row.facts.tasks) }
        ]
      : []),
    { name: scenarioRows.energyWeight, value: plain(objective.energyWeight) },
    { name: scenarioRows.edgeEnergyWeight, value: plain(objective.edgeEnergyWeight) },
    { name: scenarioRows.cloudEnergyWeight, value: plain(objective.cloudEnergyWeight) },
    { name: scenarioRows.scaling, value: objective.scaling },
    { name: scenarioRows.countReturn, value: objective.countReturn ? text.parameters.on : text.parameters.off },
    { name: scenarioRows.references, value: `${amount(references.delaySeconds)} s, ${amount(references.energyJoules)} J` }
  ]
}

/** Where a foreign run came from. */
export function foreignFacts({ foreign }: RunRow): Fact[] {
  if (!foreign) return []
  const words = text.run.foreign
  return [
    { name: words.tracker, value: sourceTitle(foreign.source) },
    { name: words.name, value: foreign.name, title: foreign.name },
    { name: words.place, value: foreign.place, title: foreign.place },
    { name: words.importedAt, value: moment(foreign.importedAt) }
  ]
}

function machineFacts(machine: Machine): Fact[] {
  const { machineRows } = text.run
  return (['backend', 'library', 'tfjs', 'node', 'app', 'cpu', 'cpuFlags', 'threads'] as const).map((key) => ({
    name: machineRows[key],
    value: String(machine[key])
  }))
}

/** Where a run was trained; of one that was resumed elsewhere also where it was before, and from which learn step on. */
export function trainingFacts({ machine, attempts, row }: RunDetail): Fact[] {
  const places = row.approximate === undefined ? [] : attempts
  return [
    ...(row.approximate === undefined
      ? []
      : [{ name: text.run.exactness, value: text.run.approximate, title: row.approximate, marked: true }]),
    ...places.map(({ fromStep, machine: { backend, library, cpu } }) => ({
      name: text.run.fromStep(integer(fromStep)),
      value: `${backend} ${library}, ${cpu}`
    })),
    ...(machine ? machineFacts(machine) : [])
  ]
}

/** A run trains beside others in one worker: its time in the table is its share, and the clock tells another. */
function clockFacts({ attempts, row }: RunDetail): Fact[] {
  const spans = attempts.flatMap(({ beganAt, endedAt }) => (beganAt === undefined || endedAt === undefined ? [] : [endedAt - beganAt]))
  if (spans.length === 0 || spans.length < attempts.length) return []
  const clock = spans.reduce((sum, span) => sum + span, 0) / 1000
  return [{ name: text.run.trained, value: text.run.trainedFor(duration(row.seconds), duration(clock)) }]
}

export function runFacts(detail: RunDetail): Fact[] {
  const { row } = detail
  return [
    { name: text.run.id, value: row.id },
    ...(row.initialWeights === undefined
      ? []
      : [
          {
            name: text.run.startsFrom,
            value: row.start === undefined ? row.initialWeights : text.run.learnedBy(row.start, row.initialWeights)
          }
        ]),
    ...(row.startedAt === undefined ? [] : [{ name: text.run.started, value: moment(row.startedAt) }]),
    ...clockFacts(detail)
  ]
}
