import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { RunSpec } from '@shared/run/spec'
import { takenBy } from '../../../src/main/api/footprint'
import { defaultsOf, type ParameterValues } from '@shared/algorithms/parameters'
import { readScenario } from '@shared/formats'
import { presetOf } from '@shared/presets'
import { algorithmCards } from '../../../src/main/algorithms'
import { forkWorkers } from '../../../src/main/processes/fork'
import { largeScenario } from '../large-world'

const WORKER = fileURLToPath(new URL('../../../out/main/worker.js', import.meta.url))

function specOf(document: unknown, algorithm: string, changes: ParameterValues, heldOut: number): RunSpec {
  const read = readScenario(document, presetOf)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const card = algorithmCards.find(({ id }) => id === algorithm)
  return {
    scenario: read.value,
    algorithm,
    parameters: { ...defaultsOf(card?.parameters ?? []), ...changes },
    seed: 1,
    heldOut,
    split: 0
  }
}

/** The greatest resident size, in bytes, of a real worker that trains one run to its end. */
function seenBytes(spec: RunSpec): Promise<number> {
  const worker = forkWorkers(WORKER)()
  let most = 0
  const look = (): void => {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${worker.pid}/status`, 'utf8'))?.[1]
    most = Math.max(most, Number(kilobytes ?? 0) * 1024)
  }
  return new Promise((resolve, reject) => {
    worker.onMessage((message) => {
      if (message.type === 'ready') worker.post({ type: 'start', runs: [{ run: '00000001', attempt: 1, spec }] })
      else if (message.type === 'batch') {
        look()
        worker.post({ type: 'acknowledge', run: message.run, attempt: 1, sequence: message.sequence })
      } else if (message.type === 'end') {
        look()
        worker.kill()
        resolve(most)
      } else if (message.type === 'fail') reject(new Error(message.message))
    })
    worker.onExit(() => reject(new Error('the worker ended')))
  })
}

const SMALL = presetOf('one-edge-one-cloud', 'scenario')

// What the system counts is told there alone.
describe.runIf(existsSync('/proc/self/status'))('the memory that is forecast', () => {
  it.each<[string, RunSpec]>([
    ['many held-out workflows', specOf(SMALL, 'dmro-plus', { learnSteps: 10 }, 10_000)],
    ['a large world', specOf(largeScenario({ devices: 150, servers: 60, links: 600 }), 'dmro', { learnSteps: 10 }, 100)],
    ['wide networks', specOf(SMALL, 'dmro', { hidden: 512, units: 10, learnSteps: 30, checkpointEvery: 10 }, 20)]
  ])('is within a third or so of what a run takes with %s', async (_, spec) => {
    const seen = await seenBytes(spec)
    const { memoryBytes } = takenBy(spec)
    expect(memoryBytes / seen).toBeGreaterThan(1 / 1.4)
    expect(memoryBytes / seen).toBeLessThan(1.4)
  })
})
