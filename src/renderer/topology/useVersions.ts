import { computed, shallowRef } from 'vue'
import { reasonOf } from '../services/faults'
import { say } from '../services/toasts'
import { text } from '../ui/text'
import { type DifferenceKind, differences } from './diff'
import { type Drawing, type DrawnLink, type DrawnNode, freshKeys, nodesByKey } from './drawing'
import type { useDocument } from './useDocument'
import type { DrawingInHand } from './useDrawing'

/** Holding a saved version against what is drawn: what is new, gone and changed, also on the canvas; and going back to it. */
export function useVersions(hand: DrawingInHand, kept: ReturnType<typeof useDocument>) {
  const { drawing } = hand
  const shown = shallowRef<{ version: number; drawing: Drawing }>()
  const found = computed(() => (shown.value ? differences(shown.value.drawing, drawing.value) : []))

  async function compare(version: number | undefined): Promise<void> {
    try {
      shown.value = version === undefined ? undefined : { version, drawing: await kept.drawingOfVersion(version) }
    } catch (error) {
      say(reasonOf(error), { kind: 'error' })
    }
  }

  /** The drawing with what is gone put back as ghosts, so that it can be seen; itself where nothing is compared. */
  const withGhosts = computed<{ drawing: Drawing; changes: ReadonlyMap<string, DifferenceKind> }>(() => {
    const changes = new Map<string, DifferenceKind>()
    const older = shown.value?.drawing
    if (!older) return { drawing: drawing.value, changes }
    for (const { change, key } of found.value) if (change !== 'removed') changes.set(key, change)
    const gone = new Set(found.value.flatMap(({ change, key }) => (change === 'removed' ? [key] : [])))
    const before = nodesByKey(older)
    const byName = new Map(drawing.value.nodes.map((node) => [node.name, node.key]))
    const lost = older.nodes.filter((node) => gone.has(node.key))
    const keys = freshKeys(drawing.value, 'n', lost.length)
    const ghosts = lost.map((node, i): DrawnNode => ({ ...node, key: keys[i] }))
    for (const [i, ghost] of ghosts.entries()) byName.set(lost[i].name, ghost.key)
    const endOf = (key: string) => byName.get(before.get(key)?.name ?? '') ?? key
    const lostLinks = older.links.filter((link) => gone.has(link.key))
    const linkKeys = freshKeys(drawing.value, 'l', lostLinks.length)
    const ghostLinks = lostLinks.map((link, i): DrawnLink => ({ ...link, key: linkKeys[i], from: endOf(link.from), to: endOf(link.to) }))
    for (const { key } of [...ghosts, ...ghostLinks]) changes.set(key, 'removed')
    return {
      drawing: { ...drawing.value, nodes: [...drawing.value.nodes, ...ghosts], links: [...drawing.value.links, ...ghostLinks] },
      changes
    }
  })

  /** Takes what a saved version holds, under the name of now, as a step that can be undone. */
  async function take(version: number): Promise<void> {
    hand.change(text.topology.steps.version(version), { ...(await kept.drawingOfVersion(version)), name: drawing.value.name })
    void compare(undefined)
  }

  /** Takes a version that another window has saved. */
  async function takeNewer(): Promise<void> {
    const version = kept.newer.value
    if (version === undefined) return
    hand.change(text.topology.steps.version(version), await kept.drawingOfVersion(version))
    kept.base.value = version
  }

  return { shown, found, compare, withGhosts, take, takeNewer }
}
