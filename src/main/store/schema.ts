import { blob, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { DOCUMENT_KINDS } from '@shared/contract/library'
import { FOREIGN_SOURCES } from '@shared/algorithms/foreign'
import { RUN_STATUSES } from '@shared/run/lifecycle'

/** The tables as the migrations leave them; a test holds the two together. What each column means is said in the SQL. */

export const scenario = sqliteTable('scenario', {
  id: text().primaryKey(),
  name: text().notNull(),
  note: text(),
  facts: text().notNull(),
  document: text().notNull(),
  createdAt: integer('created_at').notNull(),
  seal: integer()
})

export const experiment = sqliteTable('experiment', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  note: text(),
  document: text(),
  createdAt: integer('created_at').notNull(),
  seal: integer(),
  documentSeal: integer('document_seal')
})

export const run = sqliteTable(
  'run',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    experimentId: integer('experiment_id')
      .notNull()
      .references(() => experiment.id),
    scenarioId: text('scenario_id')
      .notNull()
      .references(() => scenario.id),
    spec: text().notNull(),
    totalLearnSteps: integer('total_learn_steps').notNull(),
    status: text({ enum: RUN_STATUSES }).notNull(),
    message: text(),
    attempt: integer().notNull().default(0),
    sequence: integer().notNull().default(-1),
    learnSteps: integer('learn_steps').notNull().default(0),
    seconds: real().notNull().default(0),
    queuedAt: integer('queued_at').notNull(),
    startedAt: integer('started_at'),
    endedAt: integer('ended_at'),
    latest: text().notNull().default('{}'),
    evaluation: text(),
    machine: text(),
    deletedAt: integer('deleted_at'),
    seal: integer().notNull()
  },
  (table) => [
    index('run_experiment').on(table.experimentId),
    index('run_scenario').on(table.scenarioId),
    index('run_deleted').on(table.deletedAt)
  ]
)

const ofRun = () =>
  integer()
    .notNull()
    .references(() => run.number, { onDelete: 'cascade' })

export const runAttempt = sqliteTable(
  'run_attempt',
  {
    run: ofRun(),
    attempt: integer().notNull(),
    fromStep: integer('from_step').notNull(),
    machine: text().notNull(),
    approximate: text(),
    beganAt: integer('began_at'),
    endedAt: integer('ended_at'),
    seal: integer()
  },
  (table) => [primaryKey({ columns: [table.run, table.attempt] })]
)

export const runSource = sqliteTable(
  'run_source',
  {
    run: ofRun(),
    kind: text({ enum: DOCUMENT_KINDS }).notNull(),
    document: text().notNull(),
    version: integer().notNull(),
    byContent: integer('by_content').notNull().default(0),
    seal: integer()
  },
  (table) => [primaryKey({ columns: [table.run, table.kind] }), index('run_source_document').on(table.document, table.version)]
)

const onePerRun = () =>
  integer()
    .primaryKey()
    .references(() => run.number, { onDelete: 'cascade' })

export const evaluationValues = sqliteTable('evaluation_values', {
  run: onePerRun(),
  crc: integer().notNull(),
  gaps: blob({ mode: 'buffer' }).notNull(),
  costs: blob({ mode: 'buffer' }).notNull()
})

export const log = sqliteTable(
  'log',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    run: ofRun(),
    at: integer().notNull(),
    level: text({ enum: ['info', 'warning', 'error'] }).notNull(),
    line: text().notNull(),
    seal: integer()
  },
  (table) => [index('log_run').on(table.run)]
)

export const metric = sqliteTable('metric', {
  id: integer().primaryKey({ autoIncrement: true }),
  key: text().notNull().unique(),
  seal: integer()
})

export const chunk = sqliteTable(
  'chunk',
  {
    run: ofRun(),
    metric: integer()
      .notNull()
      .references(() => metric.id),
    sequence: integer().notNull(),
    points: integer().notNull(),
    firstStep: real('first_step').notNull(),
    lastStep: real('last_step').notNull(),
    stride: real(),
    least: real(),
    greatest: real(),
    sum: real(),
    finite: integer().notNull(),
    crc: integer().notNull(),
    steps: blob({ mode: 'buffer' }),
    curveValues: blob('curve_values', { mode: 'buffer' }).notNull()
  },
  (table) => [primaryKey({ columns: [table.run, table.metric, table.sequence] })]
)

export const checkpoint = sqliteTable('checkpoint', {
  run: onePerRun(),
  learnSteps: integer('learn_steps').notNull(),
  seconds: real().notNull(),
  crc: integer().notNull(),
  state: blob({ mode: 'buffer' }).notNull()
})

export const runMarks = sqliteTable('run_marks', {
  run: onePerRun(),
  tags: text().notNull().default('[]'),
  note: text(),
  pinned: integer().notNull().default(0),
  archived: integer().notNull().default(0),
  priority: integer().notNull().default(0),
  seal: integer()
})

export const runOrigin = sqliteTable(
  'run_origin',
  {
    run: onePerRun(),
    firstId: text('first_id').notNull(),
    bundle: text().notNull(),
    importedAt: integer('imported_at').notNull(),
    seal: integer()
  },
  (table) => [index('run_origin_first').on(table.firstId)]
)

export const foreignRun = sqliteTable(
  'foreign_run',
  {
    run: onePerRun(),
    source: text({ enum: FOREIGN_SOURCES }).notNull(),
    key: text().notNull(),
    name: text().notNull(),
    place: text().notNull(),
    digest: text().notNull(),
    importedAt: integer('imported_at').notNull(),
    seal: integer()
  },
  (table) => [index('foreign_run_key').on(table.source, table.key)]
)

export const savedView = sqliteTable('saved_view', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  state: text().notNull(),
  createdAt: integer('created_at').notNull(),
  deletedAt: integer('deleted_at'),
  seal: integer()
})

export const lastView = sqliteTable('last_view', {
  only: integer().primaryKey(),
  state: text().notNull(),
  seal: integer()
})

export const keptPolicy = sqliteTable('kept_policy', {
  id: text().primaryKey(),
  crc: integer().notNull(),
  weights: blob({ mode: 'buffer' }).notNull(),
  keptAt: integer('kept_at').notNull()
})

export const policyName = sqliteTable('policy_name', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  policy: text()
    .notNull()
    .references(() => keptPolicy.id),
  note: text(),
  run: text(),
  namedAt: integer('named_at').notNull(),
  deletedAt: integer('deleted_at'),
  seal: integer()
})

export const policy = sqliteTable('policy', {
  run: onePerRun(),
  crc: integer().notNull(),
  weights: blob({ mode: 'buffer' }).notNull()
})

export const document = sqliteTable('document', {
  id: text().primaryKey(),
  kind: text({ enum: DOCUMENT_KINDS }).notNull(),
  name: text().notNull(),
  version: integer().notNull(),
  createdAt: integer('created_at').notNull(),
  savedAt: integer('saved_at').notNull(),
  deletedAt: integer('deleted_at'),
  seal: integer()
})

export const documentVersion = sqliteTable(
  'document_version',
  {
    document: text()
      .notNull()
      .references(() => document.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    note: text(),
    facts: text().notNull(),
    faults: integer().notNull(),
    savedAt: integer('saved_at').notNull(),
    crc: integer().notNull(),
    content: text().notNull(),
    contentId: text('content_id'),
    seal: integer()
  },
  (table) => [primaryKey({ columns: [table.document, table.version] })]
)

export const formerName = sqliteTable(
  'former_name',
  {
    document: text()
      .notNull()
      .references(() => document.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    leftAt: integer('left_at').notNull(),
    seal: integer()
  },
  (table) => [primaryKey({ columns: [table.document, table.name] })]
)

export const draft = sqliteTable('draft', {
  id: text().primaryKey(),
  kind: text({ enum: DOCUMENT_KINDS }).notNull(),
  name: text().notNull(),
  base: integer(),
  editedAt: integer('edited_at').notNull(),
  crc: integer().notNull(),
  content: text().notNull(),
  deletedAt: integer('deleted_at'),
  revision: integer().notNull(),
  seal: integer()
})

export const typedFields = sqliteTable('typed', {
  field: text().primaryKey(),
  content: text().notNull(),
  base: text(),
  revision: integer().notNull(),
  editedAt: integer('edited_at').notNull(),
  seal: integer()
})

export const comparison = sqliteTable('comparison', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  note: text(),
  runs: text().notNull(),
  against: text(),
  look: text().notNull(),
  savedAt: integer('saved_at').notNull(),
  deletedAt: integer('deleted_at'),
  seal: integer()
})

export const labIdentity = sqliteTable('lab_identity', {
  only: integer().primaryKey(),
  id: text().notNull(),
  seal: integer()
})
