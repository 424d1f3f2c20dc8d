/** Trackers whose runs come in as foreign runs: their curves are shown and compared; there is no scenario, and so no optimum. */
export const FOREIGN_SOURCES = ['tensorboard', 'mlflow'] as const
export type ForeignSource = (typeof FOREIGN_SOURCES)[number]

const TITLES: Readonly<Record<ForeignSource, string>> = { tensorboard: 'TensorBoard', mlflow: 'MLflow' }

export const sourceTitle = (source: ForeignSource): string => TITLES[source]

/** What a foreign run is called wherever an algorithm's name stands; no algorithm's id holds a colon. */
export const foreignName = (source: ForeignSource, name: string): string => `${TITLES[source]}: ${name}`

const PREFIXES = Object.values(TITLES).map((title) => `${title}: `)

/** Whether what stands in an algorithm's place is a foreign run's name. */
export const isForeignName = (algorithm: string): boolean => PREFIXES.some((prefix) => algorithm.startsWith(prefix))

/** What stands where a scenario's name would. */
export const NO_SCENARIO_NAME = 'no scenario'

/** Why something cannot be done with foreign runs, as a sentence. `what`: "it cannot be placed again". */
export function foreignSentence(id: string, source: ForeignSource, what: string): string {
  return `Run ${id} came from ${TITLES[source]}: it has curves and no scenario, so ${what}.`
}

/** Why figures of a comparison cannot be computed. */
export const ONLY_FOREIGN =
  'These runs came from other trackers: they have curves and no scenario, so there are no costs, gaps or tests to compare.'
