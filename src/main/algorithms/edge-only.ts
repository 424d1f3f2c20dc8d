import type { RuleAlgorithm } from '../learn/learner'
import { bestSinglePlace } from './fixed-place'

export const edgeOnly: RuleAlgorithm = {
  card: {
    id: 'edge-only',
    title: 'Edge only',
    kind: 'fixed',
    isDeterministic: true,
    summary: 'Every task of a workflow runs on one edge server.',
    reading: 'With several edges each workflow uses the one that costs it least.',
    parameters: []
  },
  rule: () => bestSinglePlace('edge')
}
