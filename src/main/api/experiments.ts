import { count } from '@shared/format'
import type { PresetCard } from '@shared/contract/experiments'
import type { RunSpec } from '@shared/run/spec'
import { runsOf } from '@shared/experiment/experiment'
import { writeExperiment } from '@shared/formats'
import { factsOf } from '@shared/model/scenario'
import { algorithmCards } from '../algorithms'
import { BadDocumentError } from '../computing/documents'
import { api } from './context'
import { withInitialWeights, withKnownWeights } from './initial-weights'
import { experimentFrom } from './computed'
import { experimentDocument, experimentPresets, orInvalid } from './documents'
import { memoryFaults, planRecordOf, standingsOf } from './plan'

const MOST_RUNS = 10_000

/** How much an experiment is to do. */
function workOf(specs: readonly RunSpec[]): Pick<PresetCard, 'runs' | 'work'> {
  const work = new Map<string, PresetCard['work'][number]>()
  for (const { algorithm, parameters } of specs) {
    if (typeof parameters.learnSteps !== 'number') continue
    const key = JSON.stringify([algorithm, parameters])
    const before = work.get(key)?.learnSteps ?? 0
    work.set(key, { algorithm, parameters, learnSteps: before + parameters.learnSteps })
  }
  return { runs: specs.length, work: [...work.values()] }
}

export const experimentsRoom = {
  presets: api.experiments.presets.handler(() =>
    experimentPresets().map(
      ({ id, experiment }): PresetCard => ({
        id,
        name: experiment.name,
        ...(experiment.note !== undefined && { note: experiment.note }),
        scenarios: experiment.scenarios.map((scenario) => ({
          name: scenario.name,
          ...(scenario.topology.note !== undefined && { note: scenario.topology.note }),
          ...factsOf(scenario)
        })),
        algorithms: [...new Set(experiment.algorithms.map((choice) => choice.id))],
        seeds: experiment.seeds,
        ...workOf(runsOf(experiment, algorithmCards))
      })
    )
  ),

  preset: api.experiments.preset.handler(({ input: { id }, errors, context: { lab } }) =>
    orInvalid(errors.INVALID, () => experimentDocument({ preset: id }, lab.store))
  ),

  plan: api.experiments.plan.handler(({ input: { source }, errors, signal, context: { lab } }) =>
    orInvalid(errors.INVALID, async () => planRecordOf(await experimentFrom(lab, source, signal), lab))
  ),

  start: api.experiments.start.handler(({ input: { source, seeds, onlyMissing = false }, errors, signal, context: { lab } }) =>
    orInvalid(errors.INVALID, async () => {
      const asked = await experimentFrom(lab, source, signal)
      const experiment = seeds ? { ...asked, seeds: [...new Set(seeds)] } : asked
      const all = runsOf(experiment, algorithmCards)
      const standing = onlyMissing ? standingsOf(await withKnownWeights(lab, all), lab.store) : undefined
      const specs = standing ? all.filter((_, i) => standing[i] === 'missing') : all
      if (specs.length === 0) {
        throw new BadDocumentError([{ path: '$', message: 'nothing is missing: every run of this experiment is done or on its way' }])
      }
      if (specs.length > MOST_RUNS) {
        throw new BadDocumentError([
          { path: '$', message: `this experiment has ${count(specs.length, 'run', 'runs')}; at most ${MOST_RUNS} are queued at once` }
        ])
      }
      const tooLarge = memoryFaults(specs)
      if (tooLarge.length > 0) throw new BadDocumentError(tooLarge)
      if (!lab.supervisor) throw new BadDocumentError([{ path: '$', message: lab.store.readOnly ?? 'nothing can be started here' }])
      const { name, note } = experiment
      const added = lab.supervisor.enqueue(await withInitialWeights(lab, specs, signal), {
        name,
        note,
        document: writeExperiment(experiment)
      })
      return { experimentId: added.experimentId, name, runs: added.runs, leftOut: all.length - specs.length }
    })
  )
}
