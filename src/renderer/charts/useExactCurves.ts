import { useDebounceFn } from '@vueuse/core'
import { type ShallowRef, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import type { ExportCurve } from './curveExport'
import { DRAWN_POINTS, type Points } from './points'
import { type CurveRequest, curveKey } from './useCurves'
import type { ZoomRange } from './useZoom'

/** Of a stretch that was zoomed to, the points as they were recorded; of whole curves every point, to write out. */
export function useExactCurves(requests: () => readonly CurveRequest[], range: ShallowRef<ZoomRange | undefined>) {
  const { client } = useConnection()
  /** Belongs to the range it was read for. */
  const exact = shallowRef<{ range: ZoomRange; curves: ReadonlyMap<string, Points> }>()

  async function read({ run, metric }: CurveRequest, maxPoints: number, stretch?: ZoomRange): Promise<Points> {
    const part = await client.runs.curve({ id: run, metric, maxPoints, ...(stretch && { range: stretch }) })
    return new Float64Array(await part.arrayBuffer())
  }

  // While somebody still turns the wheel, nothing is asked for.
  const readRange = useDebounceFn(async (wanted: ZoomRange) => {
    try {
      const curves = await Promise.all(
        requests().map(async (request) => [curveKey(request.run, request.metric), await read(request, DRAWN_POINTS, wanted)] as const)
      )
      if (range.value === wanted) exact.value = { range: wanted, curves: new Map(curves) }
    } catch {
      // The thinned points stay in sight; the banner tells of a lost line.
    }
  }, 120)
  watch(range, (wanted) => {
    exact.value = undefined
    if (wanted) void readRange(wanted)
  })

  const exactOf = (run: string, metric: string): Points | undefined =>
    exact.value && exact.value.range === range.value ? exact.value.curves.get(curveKey(run, metric)) : undefined

  /** Every recorded point of curves of one run. Rejects where they cannot be read. */
  async function everyPoint(sources: readonly { label: string; metric: string }[]): Promise<ExportCurve[]> {
    const [first] = requests()
    if (!first) return []
    return Promise.all(sources.map(async ({ label, metric }) => ({ label, points: await read({ run: first.run, metric }, 0) })))
  }

  return { exactOf, everyPoint }
}
