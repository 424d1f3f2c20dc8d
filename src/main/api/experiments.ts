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
import { experimentDocument, experimentPresets, orInvalid, savedExperiment } from './documents'
import { memoryFaults, planRecordOf, standingsOf } from './plan'
import { heldDocument, sourcesOfRuns, versionNamed } from './versions'

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
    orInvalid(errors.INVALID, async () => planRecordOf(await experimentFrom(lab, experimentDocument(source, lab.store), signal), lab))
  ),

  start: api.experiments.start.handler(({ input: { source, seeds, saved, onlyMissing = false }, errors, signal, context: { lab } }) =>
    orInvalid(errors.INVALID, async () => {
      const { store } = lab
      // Names mean what they mean now, from here on: nothing that is saved meanwhile is taken instead.
      const document = heldDocument(experimentDocument(source, store), (part, kind) => versionNamed(store, part, kind))
      const from = saved ?? savedExperiment(source, store)
      if (from && (store.library.card(from.id)?.kind !== 'experiment' || !store.library.version(from.id, from.version)))
        throw new BadDocumentError([
          { path: '$', message: `there is no version ${from.version} of an experiment ${from.id} in the library` }
        ])
      const asked = await experimentFrom(lab, document, signal)
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
      const sources = sourcesOfRuns(store, { document, saved: from }, experiment, specs)
      const whole = { name, note, document: writeExperiment(experiment) }
      const added = lab.supervisor.enqueue(await withInitialWeights(lab, specs, signal), whole, sources)
      return { experimentId: added.experimentId, name, runs: added.runs, leftOut: all.length - specs.length }
    })
  )
}
