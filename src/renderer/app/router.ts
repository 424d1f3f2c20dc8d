import { createRouter, createWebHashHistory, type LocationQueryRaw, type RouteLocationNormalized } from 'vue-router'

/** Hash history: the same addresses under the desktop window's protocol and over http. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'runs', component: () => import('../runs/RunsView.vue') },
    { path: '/runs/:id', name: 'run', component: () => import('../runs/RunView.vue'), props: true },
    { path: '/compare', name: 'compare', component: () => import('../compare/CompareView.vue') },
    { path: '/experiments', name: 'experiments', component: () => import('../experiment/ExperimentsView.vue') },
    { path: '/playground', name: 'playground', component: () => import('../playground/PlaygroundView.vue') },
    { path: '/experiments/new', name: 'newPlan', component: () => import('../experiment/NewPlan.vue') },
    { path: '/experiments/:id', name: 'plan', component: () => import('../experiment/PlannerView.vue'), props: true },
    { path: '/topologies', name: 'topologies', component: () => import('../topology/TopologiesView.vue') },
    {
      path: '/topologies/:id([0-9a-f]{8})',
      name: 'topology',
      component: () => import('../topology/TopologyView.vue'),
      props: true,
      meta: { isCanvas: true }
    },
    { path: '/studies', name: 'studies', component: () => import('../studies/StudiesView.vue') },
    { path: '/studies/:id', name: 'study', component: () => import('../studies/StudyView.vue'), props: true },
    { path: '/workloads', name: 'workloads', component: () => import('../workload/WorkloadsView.vue') },
    { path: '/workloads/:id', name: 'workload', component: () => import('../workload/WorkloadView.vue'), props: true },
    { path: '/bin', name: 'bin', component: () => import('../bin/BinView.vue') },
    { path: '/:rest(.*)*', redirect: '/' }
  ]
})

const EDITORS: readonly unknown[] = ['plan', 'topology', 'workload']

/** The same for addresses that one page may show: an editor holds one document from its opening to its end. */
export function editorOf({ name, params }: Pick<RouteLocationNormalized, 'name' | 'params'>): string {
  return EDITORS.includes(name) ? `${String(name)} ${String(params.id)}` : String(name)
}

/** The address of a comparison. */
export function comparisonOf(runs: readonly string[]): { name: string; query: LocationQueryRaw } {
  return { name: 'compare', query: { runs: runs.join(',') } }
}
