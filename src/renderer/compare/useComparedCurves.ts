import type { ReadAt } from '@shared/experiment/training'
import { distinctRuns } from '@shared/run/identity'
import type { CurveUnit } from '@shared/run/steps'
import { computed, type Ref, ref } from 'vue'
import { useRoute } from 'vue-router'
import { useHistory } from '../services/history'
import { useSystem } from '../services/system'
import { CHARTS } from '../charts'
import type { ChartKind } from '../charts/kind'
import { runningMean } from '../charts/points'
import { AXES, axisChoice, overClock, runClock } from '../charts/useAxis'
import { useCurves } from '../charts/useCurves'
import { runName } from '../services/names'
import { text } from '../ui/text'
import { groupCurves, pointsUpTo } from './groupCurve'
import { foreignCharts } from '../runs/runCurves'
import type { ComparedGroup } from './groups'
import { useForeignMetrics } from './useForeignMetrics'

const BANDS = ['interval', 'range', 'seeds'] as const
/** More curves than this are named by the chips alone. */
const NAMED = 5

interface DrawnGroup {
  group: { key: string; name: string; look: ComparedGroup['look'] }
  seeds: { id: string; label: string }[]
}

/** The curves of the groups that learn (or search), as the address asks for them: which metric, over steps or seconds, with which band. */
export function useComparedCurves(
  drawn: Readonly<Ref<readonly ComparedGroup[]>>,
  names: Readonly<Ref<ReadonlyMap<string, string>>>,
  unit: Readonly<Ref<CurveUnit>>,
  /** Where figures are read: curves over what they are read by end there. */
  read: () => ReadAt | undefined
) {
  const route = useRoute()
  const history = useHistory()
  const system = useSystem()
  function asked<Value extends string>(key: string, among: readonly Value[], other: Value): Value {
    return among.find((value) => value === route.query[key]) ?? other
  }
  const band = ref(asked('band', BANDS, 'interval'))
  const xAxis = ref(asked('x', AXES, 'steps'))
  const every = CHARTS.map(({ key }) => key)
  const wanted = ref(typeof route.query.metric === 'string' ? route.query.metric : 'gap')
  /** Charts of what one of the compared algorithms records at least. */
  const foreign = useForeignMetrics(() => drawn.value.flatMap(({ runs }) => runs))
  const recorded = computed(
    () =>
      new Set(
        drawn.value.flatMap(({ algorithm, runs }) =>
          runs[0].foreign ? runs.flatMap(({ id }) => foreign.value.get(id) ?? []) : (system.cards.get(algorithm)?.metrics ?? every)
        )
      )
  )
  const charts = computed((): ChartKind[] => [
    ...CHARTS.filter(({ key }) => recorded.value.has(key)),
    ...foreignCharts([...new Set([...foreign.value.values()].flat())].filter((key) => !every.some((own) => own === key)))
  ])
  const kinds = computed(() => charts.value.map((each) => ({ value: each.key, label: each.title() })))
  const kind = computed(() => charts.value.find((candidate) => candidate.key === wanted.value) ?? charts.value[0] ?? CHARTS[0])
  const metric = computed({
    get: () => kind.value.key,
    set: (key) => {
      wanted.value = key
    }
  })
  const { curveOf } = useCurves(() =>
    drawn.value.flatMap((group) =>
      group.runs.flatMap((row) => [
        { run: row.id, metric: metric.value },
        ...(xAxis.value !== 'steps' ? [{ run: row.id, metric: 'speed' }] : [])
      ])
    )
  )
  const end = computed(() => {
    const at = read()
    return at && at.basis === xAxis.value ? at.at : undefined
  })
  const pointsOf = (run: string) => {
    const points = kind.value.noisy ? runningMean(curveOf(run, metric.value)) : curveOf(run, metric.value)
    const timed = { learnSteps: points.at(-2) ?? 0, seconds: history.rows.get(run)?.seconds ?? 0 }
    const placed = xAxis.value === 'steps' ? points : overClock(points, runClock(xAxis.value, curveOf(run, 'speed'), timed))
    return end.value === undefined ? placed : pointsUpTo(placed, end.value)
  }
  /** What of the groups the curves are drawn from, as text: rows change with every learn step, and a chart is drawn again for each change. */
  const shown = computed(() =>
    JSON.stringify(
      drawn.value.map(
        ({ key, algorithm, look, runs }): DrawnGroup => ({
          group: { key, name: names.value.get(key) ?? algorithm, look },
          // A seed that was run again is the same curve.
          seeds: distinctRuns(runs).map((row) => ({ id: row.id, label: runName(row) }))
        })
      )
    )
  )
  const curves = computed(() => {
    const groups = JSON.parse(shown.value) as DrawnGroup[]
    const ending = groups.length <= NAMED ? kind.value.value : undefined
    return groups.flatMap(({ group, seeds }) =>
      groupCurves(
        group,
        seeds.map((seed) => ({ ...seed, points: pointsOf(seed.id) })),
        ending,
        band.value
      )
    )
  })
  return {
    band,
    bands: BANDS.map((value) => ({ value, label: text.compare.bands[value] })),
    xAxis,
    xs: computed(() => axisChoice(unit.value)),
    metric,
    kinds,
    kind,
    curves
  }
}
