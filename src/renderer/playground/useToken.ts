import type { PlaygroundDecision } from '@shared/contract/playground'
import type { Topology } from '@shared/model/topology'
import { usePreferredReducedMotion, useRafFn } from '@vueuse/core'
import { computed, type Ref, ref } from 'vue'
import { whereabouts } from './flow'
import { type MapLayout, middle } from './mapLayout'

/** A whole workflow passes in this many seconds, however long it takes in its world. */
const SHOW_SECONDS = 9

/** The data of the sample workflow on its way over the map, again and again until it is paused. Places in pixels of the map. */
export function useToken(shown: () => { changed: Topology; sample?: PlaygroundDecision['sample'] }, layout: Readonly<Ref<MapLayout>>) {
  const isMoving = ref(usePreferredReducedMotion().value !== 'reduce')
  const clock = ref(0)
  const { pause, resume } = useRafFn(
    ({ delta }) => {
      clock.value = (clock.value + delta / 1000 / SHOW_SECONDS) % 1
    },
    { immediate: isMoving.value }
  )

  function toggle(): void {
    isMoving.value = !isMoving.value
    if (isMoving.value) resume()
    else pause()
  }

  const token = computed(() => {
    const { sample, changed } = shown()
    if (!sample) return undefined
    const where = whereabouts(changed, sample.device, sample.megabytes, sample.policy, clock.value * sample.policy.delaySeconds)
    const at = (id: string) => layout.value.nodes.find(({ node }) => node.id === id)
    const [from, to] = [at(where.from), at(where.to)]
    if (!from || !to) return undefined
    const [a, b] = [middle(from.box), middle(to.box)]
    const task = sample.policy.tasks.findIndex(({ id }) => id === where.task)
    // At work it sits on the node's upper corner, where it covers nothing.
    if (where.from === where.to) return { x: from.box.x + from.box.width - 6, y: from.box.y - 2, task, tier: from.node.tier }
    return { x: a.x + (b.x - a.x) * where.share, y: a.y + (b.y - a.y) * where.share, task, tier: undefined }
  })

  return { token, isMoving, toggle }
}
