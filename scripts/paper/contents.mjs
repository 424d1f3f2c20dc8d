/**
 * What the paper has that can be cited, in one place: equations, lines of the two algorithms, figures, tables, sections; each in our own
 * words. `none` says why nothing in the program stands for it.
 *
 * G. Qu, H. Wu, R. Li, P. Jiao: DMRO, IEEE Transactions on Network and Service Management 18(3), 2021.
 */

/** Eqs. (1) to (18); the paper has no others. */
export const EQUATIONS = [
  'a workflow as flows and tasks in turn',
  'where a task runs, as a one-hot',
  'seconds of computing',
  'seconds of sending between two tasks',
  'the delay of a workflow',
  'the energy of a workflow by tiers',
  'joules of a task',
  'the energy of a workflow by tasks',
  'the utility Q: delay and weighted energy of all workflows',
  'the problem: least Q',
  'its constraint: one place a task',
  'where a task runs, as a number',
  'the state of a task',
  'the local objective F of a task',
  'its previous place',
  'its place',
  'the next state',
  'the update of the Q values'
]

/** Lines of Algorithms 1 and 2, the first is line 1. */
export const ALGORITHMS = [
  [
    's networks from ψ',
    'the memory is emptied',
    'the loop over tasks',
    'every network gets the state',
    'ε-greedy proposals',
    'the loop over networks',
    'a network’s decisions are kept',
    'F and the reward of a proposal',
    'while training',
    'which proposal is followed',
    'otherwise',
    'each network follows its own',
    'after the last task',
    'the decisions with the least Q',
    'are the output',
    'end of the condition',
    'the transition goes into the memory',
    'end of the condition',
    'end of the loop over networks',
    'after every fifth addition to the memory',
    'a batch from the memory',
    'every network gets it',
    'F and the rewards of the batch',
    'the weights are updated',
    'end of the condition',
    'end of the loop over tasks'
  ],
  [
    'networks from θ₀',
    'the memory is emptied',
    'the loop',
    'an environment is drawn',
    'the network gets the state',
    'an ε-greedy action',
    'its reward in that environment',
    'the transition goes into the memory',
    'after every fifth addition',
    'an environment is drawn',
    'a batch from the memory',
    'every network gets it',
    'F and the rewards of the batch',
    'the weights are updated',
    'end of the condition',
    'end of the loop',
    'the weights are ψ'
  ]
]

export const FIGURES = [
  { title: 'the system of devices, edge and cloud', none: 'A drawing; topologies are documents of the lab.' },
  { title: 'the outer and the inner model', none: 'A drawing; see section IV.' },
  { title: 'the parallel units', none: 'A drawing; see Algorithm 1.' },
  { title: 'loss by learning rate' },
  { title: 'loss by batch size' },
  { title: 'cost of seven algorithms by δ' },
  { title: 'mean reward with two edges and two clouds' },
  { title: 'loss from ψ, trained and random weights' },
  { title: 'cost from ψ, trained and random weights by δ' }
]

export const TABLES = [
  { title: 'related work', none: 'A comparison of other papers.' },
  { title: 'the environment' },
  { title: 'the environment of several servers' },
  { title: 'training and test environments' }
]

/** Sections that are cited. */
export const SECTIONS = {
  III: 'the system model and the problem',
  IV: 'the outer and the inner model',
  'IV-A': 'the inner model',
  'IV-B': 'the outer model',
  'V-A': 'the set-up of the simulation',
  'V-B': 'convergence',
  'V-C': 'comparison',
  'V-D': 'fast learning'
}

const ROMAN = ['I', 'II', 'III', 'IV']

/** Everything that can be cited, in the order of docs/paper.md: key, title, and why nothing stands for it. */
export function citable() {
  const equations = EQUATIONS.map((title, i) => ({ key: `eq. (${i + 1})`, title, part: 'Equations' }))
  const lines = ALGORITHMS.flatMap((titles, a) =>
    titles.map((title, i) => ({ key: `Algorithm ${a + 1}, line ${i + 1}`, title, part: `Algorithm ${a + 1}` }))
  )
  const figures = FIGURES.map(({ title, none }, i) => ({ key: `Fig. ${i + 1}`, title, none, part: 'Figures' }))
  const tables = TABLES.map(({ title, none }, i) => ({ key: `Table ${ROMAN[i]}`, title, none, part: 'Tables' }))
  const sections = Object.entries(SECTIONS).map(([name, title]) => ({ key: `section ${name}`, title, part: 'Sections', isOptional: true }))
  return [...equations, ...lines, ...sections, ...figures, ...tables]
}

/** 3–5, 8 → 3, 4, 5, 8. */
function numbersOf(text) {
  return [...text.matchAll(/\(?(\d+)\)?(?:\s*(?:–|-|to)\s*\(?(\d+)\)?)?/g)].flatMap(([, from, to = from]) =>
    Array.from({ length: Math.max(1, Number(to) - Number(from) + 1) }, (_, i) => Number(from) + i)
  )
}

const LIST = /(?:\d+|\(\d+\))(?:\s*(?:,|–|and|to|or|-)\s*(?:\d+|\(\d+\))(?![\d.]))*/.source
const CITED = [
  { pattern: new RegExp(`\\b[Ee]q(?:s?\\.|uations?)\\s*(${LIST})`, 'g'), keys: (list) => numbersOf(list).map((n) => `eq. (${n})`) },
  {
    pattern: new RegExp(`\\bAlgorithm ([1-9]), lines? (${LIST})`, 'g'),
    keys: (a, list) => numbersOf(list).map((n) => `Algorithm ${a}, line ${n}`)
  },
  { pattern: /\bAlgorithms? ([1-9])\b(?!, lines?)/g, keys: (a) => [`Algorithm ${a}, line 1`] },
  { pattern: new RegExp(`\\bFigs?\\. (${LIST})`, 'g'), keys: (list) => numbersOf(list).map((n) => `Fig. ${n}`) },
  { pattern: /\bTables? ([IVX]+(?:(?:, | and |–)[IVX]+)*)/g, keys: (list) => list.split(/, | and |–/).map((n) => `Table ${n}`) },
  { pattern: /\b[Ss]ection ([IVX]+(?:-[A-D])?)\b/g, keys: (name) => [`section ${name}`] }
]

/** What a text cites of the paper, as keys of `citable`. */
export function citedIn(text) {
  const flat = text.replace(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' ')
  return CITED.flatMap(({ pattern, keys }) => [...flat.matchAll(pattern)].flatMap(([, ...groups]) => keys(...groups)))
}
