/** Progress for people goes to stderr: stdout belongs to the program that is being started. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** A step that could not be done, with the way out. */
export class StepError extends Error {
  constructor(step, reason, wayOut) {
    super(`Set-up stopped at "${step}": ${reason}\n${wayOut}`)
  }
}

/** Says what ended a script, and has it end in failure. */
export function explain(error) {
  say(error instanceof StepError ? error.message : String(error?.stack ?? error))
  process.exitCode = 1
}
