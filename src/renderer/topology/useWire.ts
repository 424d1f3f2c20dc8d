import type { VueFlowStore } from '@vue-flow/core'
import { useEventListener } from '@vueuse/core'
import { shallowRef } from 'vue'
import type { DrawnNode } from './drawing'
import type { Point } from './edit'

/** A link while it is drawn by hand: from a node to the pointer, which may be over another node. */
interface Wire {
  from: DrawnNode
  to: Point
  over?: string
}

/** Drawing a link by hand: from a dot of one node to anywhere on another, then `connect` has the keys of both. */
export function useWire(flow: VueFlowStore, connect: (from: string, to: string) => void) {
  const wire = shallowRef<Wire>()

  function beginWire(from: DrawnNode, event: PointerEvent): void {
    wire.value = { from, to: flow.screenToFlowCoordinate({ x: event.clientX, y: event.clientY }) }
  }

  /** The key of the node under the pointer, if it is another than the wire's own. */
  function nodeUnder({ clientX, clientY }: PointerEvent, { from }: Wire): string | undefined {
    const key = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-key]')?.dataset.key
    return key === from.key ? undefined : key
  }

  useEventListener(window, 'pointermove', (event) => {
    if (!wire.value) return
    const to = flow.screenToFlowCoordinate({ x: event.clientX, y: event.clientY })
    wire.value = { ...wire.value, to, over: nodeUnder(event, wire.value) }
  })
  useEventListener(window, 'pointerup', (event) => {
    const drawn = wire.value
    wire.value = undefined
    const over = drawn && nodeUnder(event, drawn)
    if (drawn && over !== undefined) connect(drawn.from.key, over)
  })

  return { wire, beginWire }
}
