import { BASES, type Basis } from '@shared/experiment/training'
import { bestsOfSeeds } from '@shared/experiment/bestOfSeeds'
import { shortNames } from '@shared/run/naming'
import { commonUnit, hasCurves, isAlong } from '@shared/run/steps'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useHistory } from '../services/history'
import { comparisonOf } from '../services/router'
import { useSystem } from '../services/system'
import { useWorldLabels } from '../services/worldLabels'
import { type ComparedGroup, comparedGroups } from './groups'

/** What is compared and by what: the address holds it, so that a reload, a bookmark and a second window show the same. */
export function useComparison() {
  const route = useRoute()
  const router = useRouter()
  const history = useHistory()
  const system = useSystem()
  const labels = useWorldLabels()

  const ids = computed(() => {
    const { runs } = route.query
    return typeof runs === 'string' ? [...new Set(runs.split(',').filter((id) => /^[0-9a-f]{8}$/.test(id)))] : []
  })
  const rows = computed(() => ids.value.flatMap((id) => history.rows.get(id) ?? []))
  /** Compared runs that are not there any more. */
  const gone = computed(() => (history.loaded ? ids.value.length - rows.value.length : 0))
  const groups = computed(() => comparedGroups(rows.value, system.cards, labels.labelOf))
  /** What the curves are drawn along: groups whose steps are others are left out of them. */
  const unit = computed(() => commonUnit(rows.value))
  const drawn = computed(() => groups.value.filter(({ runs }) => runs.some((row) => isAlong(row, unit.value))))
  /** Groups with curves that are drawn along something else. */
  const apart = computed(() => groups.value.filter((group) => !drawn.value.includes(group) && group.runs.some(hasCurves)))
  const isTrained = computed(() => groups.value.some(({ training }) => training !== undefined))
  /** Those with a scenario, which figures can be computed of. */
  const own = computed(() => rows.value.filter((row) => !row.foreign))
  const foreign = computed(() => groups.value.filter(({ runs }) => runs[0].foreign))
  const several = computed(() => new Set(groups.value.filter(({ runs }) => !runs[0].foreign).map(({ scenario }) => scenario)).size > 1)

  /** Groups' names, as long as they must be to tell them apart, what differs first. */
  const names = computed(() => {
    const short = shortNames(
      groups.value.map(({ runs: [{ seed: _, ...row }] }) => row),
      system.cards
    )
    return new Map(groups.value.map(({ key }, g) => [key, short[g]]))
  })

  /** A run of the group that the others are compared against. */
  const against = computed(() => groups.value.find((group) => group.runs.some((row) => row.id === route.query.against))?.runs[0].id)
  const basis = computed<Basis>(() => (isTrained.value ? BASES.find((each) => each === route.query.basis) : undefined) ?? 'trained')
  /** Seeds that can be taken together to as many networks as another group has. */
  const bests = computed(() =>
    bestsOfSeeds(
      groups.value.map(({ training }) => training),
      groups.value.map(({ finished }) => finished.length)
    )
  )
  const isBestOf = computed(() => basis.value === 'trained' && bests.value.length > 0 && route.query.bestOf === 'seeds')

  const look = (changes: Record<string, string | undefined>) =>
    void router.replace({ name: 'compare', query: { ...route.query, ...changes } })
  function drop(group: ComparedGroup): void {
    const left = rows.value.filter((row) => !group.runs.includes(row)).map((row) => row.id)
    look(comparisonOf(left).query as Record<string, string>)
  }
  return { ids, rows, own, foreign, gone, groups, unit, drawn, apart, several, names, against, basis, bests, isBestOf, look, drop }
}
