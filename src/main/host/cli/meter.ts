const EVERY_MS = 200

/** How far something long has come, on one line of a terminal that people look at; nothing where stderr goes elsewhere. */
export class Meter {
  #shownAt = performance.now()
  #isShown = false

  constructor(
    readonly before: string,
    readonly what: string
  ) {}

  show(done: number, of: number): void {
    if (!process.stderr.isTTY || performance.now() - this.#shownAt < EVERY_MS) return
    this.#shownAt = performance.now()
    this.#isShown = true
    process.stderr.write(`\r${this.before}: ${done.toLocaleString('en')} of ${of.toLocaleString('en')} ${this.what}\u001b[K`)
  }

  clear(): void {
    if (this.#isShown) process.stderr.write('\r\u001b[K')
    this.#isShown = false
  }
}
