// Preloaded into a program: kills it before the statement of a migration whose number is in the environment, and says how many there were
// where it lives on. A statement is one of those that a transaction executes.
import { writeSync } from 'node:fs'
import Database from 'better-sqlite3'

const at = Number(process.env.LAB_KILL_AT)
let count = 0

/** A text of SQL by its statements, as they are written; a trigger ends with its END. */
function statementsOf(text) {
  const statements = []
  let [statement, bare] = ['', '']
  for (const line of text.split('\n')) {
    statement += `${line}\n`
    bare += `${line.replace(/--.*$/, '')}\n`
    const end = /^\s*create\s+trigger/i.test(bare) ? /\bend\s*;\s*$/i : /;\s*$/
    if (!end.test(bare)) continue
    statements.push(statement)
    statement = bare = ''
  }
  return bare.trim() === '' ? statements : [...statements, statement]
}

function reach() {
  count++
  if (count === at) process.kill(process.pid, 'SIGKILL')
}

const { exec, pragma } = Database.prototype
Database.prototype.exec = function (text) {
  if (!this.inTransaction || this.memory) return exec.call(this, text)
  for (const statement of statementsOf(text)) {
    reach()
    exec.call(this, statement)
  }
  return this
}
Database.prototype.pragma = function (text, options) {
  const isLast = !this.memory && text.startsWith('user_version =')
  if (isLast) reach()
  const given = pragma.call(this, text, options)
  // Between the last statement and the end of its transaction.
  if (isLast) reach()
  return given
}
process.on('exit', () => writeSync(2, `statements: ${count}\n`))
