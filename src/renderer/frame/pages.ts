import type { RouteRecordRaw } from 'vue-router'

/** The address of every page. Pages are loaded when they are first opened. */
export const PAGES: readonly RouteRecordRaw[] = [
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
  {
    path: '/lineage/runs/:id',
    name: 'runLineage',
    component: () => import('../lineage/LineageView.vue'),
    props: ({ params }) => ({ id: params.id, isRun: true })
  },
  { path: '/lineage/:id([0-9a-f]{8})', name: 'lineage', component: () => import('../lineage/LineageView.vue'), props: true },
  { path: '/settings/algorithms', name: 'agents', component: () => import('../agents/AgentsView.vue') },
  { path: '/bin', name: 'bin', component: () => import('../bin/BinView.vue') },
  { path: '/:rest(.*)*', redirect: '/' }
]
