import type { BatchEpisode } from '@shared/model/batch/episode'
import { batchModel } from '@shared/model/batch/model'
import { cpopPlan, heftPlan, matchingPlan, peftPlan } from '@shared/model/list/heuristics'
import type { Execution } from '@shared/model/scenario'
import type { Outlook } from '@shared/model/search/outlook'
import { outlookOf } from '@shared/model/search/outlook-of'
import { planBy } from '@shared/model/search/rules'
import type { Plan } from '@shared/model/search/search'
import { describe, expect, it } from 'vitest'
import { randomBatch } from './batch-worlds'
import type { BatchWorld } from './batches'
import { type List, listPlacement } from './lists'

const PLANS: Record<List, (outlook: Outlook) => Plan> = {
  heft: heftPlan,
  cpop: cpopPlan,
  peft: peftPlan,
  'min-min': (outlook) => matchingPlan(outlook, 'min-min'),
  'max-min': (outlook) => matchingPlan(outlook, 'max-min'),
  sufferage: (outlook) => matchingPlan(outlook, 'sufferage')
}

const WORLDS = Array.from({ length: 100 }, (_, seed) => randomBatch(seed + 1000))

function compiled({ topology, workflows, objective }: BatchWorld, execution: Execution) {
  return batchModel(execution).compile({
    name: 'random',
    topology: { name: 'random', ...topology },
    workload: { name: 'random', workflows },
    objective,
    execution
  })
}

describe.each(Object.keys(PLANS) as List[])('%s', (list) => {
  const plan = PLANS[list]

  it('places 100 random batches as an implementation written from its description alone', () => {
    let [offloaded, unlikeEft] = [0, 0]
    WORLDS.forEach((world, seed) => {
      const [episode] = compiled(world, 'shared').episodes
      const outlook = outlookOf((episode as BatchEpisode).executor)
      const { placement, cost } = plan(outlook)
      const theirs = listPlacement(world, list, true)
      const ours = world.workflows.map(() => new Map<string, string>())
      episode.order.forEach(({ workflow, task }, i) =>
        ours[workflow].set(world.workflows[workflow].tasks[task].id, episode.locations(workflow)[placement[i]].id)
      )
      expect(
        ours.map((each) => Object.fromEntries(each)),
        `batch ${seed}`
      ).toEqual(theirs)
      expect(cost, `batch ${seed}`).toBe(episode.total(placement))
      expect(cost).toBeLessThan(Infinity)
      if (placement.some((place) => place > 0)) offloaded++
      if (String(placement) !== String(planBy(outlook, 'finish').placement)) unlikeEft++
    })
    expect(offloaded).toBeGreaterThan(50)
    expect(unlikeEft).toBeGreaterThan(10)
  })

  it.skipIf(!['heft', 'cpop', 'peft'].includes(list))('does so where nothing waits, too', () => {
    WORLDS.slice(0, 50).forEach((world, seed) => {
      const { episodes } = compiled(world, 'independent')
      const theirs = world.workflows.map((workflow) => listPlacement({ ...world, workflows: [workflow] }, list, false)[0])
      episodes.forEach((episode, x) => {
        const { placement } = plan(outlookOf((episode as BatchEpisode).executor))
        const ours = episode.order.map(({ task }, i) => [world.workflows[x].tasks[task].id, episode.locations(0)[placement[i]].id])
        expect(Object.fromEntries(ours), `batch ${seed}, workflow ${x}`).toEqual(theirs[x])
      })
    })
  })
})
