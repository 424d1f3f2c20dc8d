import { fig4 } from '../../src/main/studies/definitions/fig4'
import { openStore } from '../../src/main/store'
import { studyPlanOf } from '../../src/main/studies/plan'
import { complete } from '../main/studies/trial'

interface Point {
  seed: number
  learningRate: number
}

/** The runs of Fig. 4's quick variant as if they had been trained, but for those left out. */
export function fillStudy(home: string, isLeftOut: (point: Point) => boolean = () => false): void {
  const specs = studyPlanOf(fig4, 'quick')
    .flatMap(({ runs }) => runs.map(({ spec }) => spec))
    .filter(({ seed, parameters }) => !isLeftOut({ seed, learningRate: Number(parameters.learningRate) }))
  const store = openStore(home)
  try {
    const asked = specs.map((spec) => ({ spec, totalLearnSteps: Number(spec.parameters.learnSteps) }))
    const { runs } = store.addExperiment({ name: 'by hand' }, asked, 1000)
    runs.forEach((id, i) => complete(store, id, Math.abs(Math.log10(0.01 / Number(specs[i].parameters.learningRate))) * 0.2 + 0.01))
  } finally {
    store.close()
  }
}
