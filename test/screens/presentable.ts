import { EXPERIMENT } from '@shared/formats'

/** What the pictures show: trained as for a paper, though with three seeds. */
export const PRESENTABLE = {
  format: EXPERIMENT,
  name: 'Rivals on one edge and one cloud',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [
    { id: 'dmro-plus' },
    { id: 'dmro' },
    { id: 'dqn' },
    { id: 'look-ahead' },
    { id: 'greedy' },
    { id: 'local-only' },
    { id: 'optimum' }
  ],
  seeds: [1, 2, 3]
}
