import { createRouter, createWebHashHistory, type LocationQueryRaw, type RouteLocationNormalized } from 'vue-router'

/** Hash history: the same addresses under the desktop window's protocol and over http. The frame adds its pages. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: []
})

const EDITORS: readonly unknown[] = ['plan', 'topology', 'workload', 'lineage', 'runLineage']

/** The same for addresses that one page may show: an editor holds one document from its opening to its end. */
export function editorOf({ name, params }: Pick<RouteLocationNormalized, 'name' | 'params'>): string {
  return EDITORS.includes(name) ? `${String(name)} ${String(params.id)}` : String(name)
}

/** The address of a comparison. */
export function comparisonOf(runs: readonly string[]): { name: string; query: LocationQueryRaw } {
  return { name: 'compare', query: { runs: runs.join(',') } }
}
