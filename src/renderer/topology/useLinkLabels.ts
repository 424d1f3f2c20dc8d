import { computed, type Ref } from 'vue'
import { type Drawing, type DrawnLink, nodesByKey } from './drawing'
import { linkLabels, MOST_LABELS, wordsOf } from './labels'
import { type LoadOnMap, loadWords } from './load'
import type { Lit } from './reach'

interface Shown {
  readonly drawing: Drawing
  readonly selection: ReadonlySet<string>
  readonly severities: ReadonlyMap<string, 'fault' | 'warning'>
  readonly lit: Lit
  readonly summed: ReadonlySet<string>
  readonly matches?: ReadonlySet<string>
  readonly load?: LoadOnMap
}

/**
 * The labels of a canvas. What is looked at – selected, faulty, on a route – is placed before the rest; of many links nothing else has a
 * label but the one under the pointer. All of it hangs on the drawing as it was last put down, not on what is being dragged.
 */
export function useLinkLabels(props: Shown, pointed: Readonly<Ref<string | undefined>>) {
  const isAsked = ({ key }: DrawnLink) =>
    key === props.load?.worst || props.selection.has(key) || props.lit.has(key) || props.severities.get(key) === 'fault'
  const byKey = computed(() => nodesByKey(props.drawing))
  const wordsFor = (link: DrawnLink) => {
    const load = props.load?.links.get(link.key)
    if (!load) return wordsOf(link, props.lit.get(link.key), props.summed.has(link.key))
    return loadWords(load, (byKey.value.get(link.from)?.x ?? 0) <= (byKey.value.get(link.to)?.x ?? 0))
  }
  const order = computed(() => {
    const { links } = props.drawing
    const asked = links.filter(isAsked)
    return links.length > MOST_LABELS ? asked : [...asked, ...links.filter((link) => !isAsked(link))]
  })
  const standing = computed(() => linkLabels(props.drawing, order.value, wordsFor))
  /** That of the link under the pointer, where it has none that stands: it moves no other. */
  const labels = computed(() => {
    const { value: key } = pointed
    if (key === undefined || standing.value.some((label) => label.key === key)) return standing.value
    const link = props.drawing.links.find((each) => each.key === key)
    return link ? [...standing.value, ...linkLabels(props.drawing, [link], wordsFor)] : standing.value
  })
  const whole = computed(
    () => new Set([...order.value.filter(isAsked).map(({ key }) => key), ...(pointed.value === undefined ? [] : [pointed.value])])
  )
  const dim = computed(() => {
    const { lit, matches, drawing } = props
    if (lit.size === 0 && matches === undefined) return new Set<string>()
    return new Set(drawing.links.flatMap(({ key }) => ((lit.size > 0 && !lit.has(key)) || (matches && !matches.has(key)) ? [key] : [])))
  })
  return { labels, whole, dim }
}
