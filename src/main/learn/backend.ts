import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import util from 'node:util'
import type * as tfjs from '@tensorflow/tfjs-core'

/** The tensor operations, whatever runs them. No other file names a tensor package. */
export type Tensors = typeof tfjs
export type Tensor = tfjs.Tensor

export interface Backend {
  tf: Tensors
  name: 'native' | 'wasm'
  /** Version of the library that computes: libtensorflow's, or the wasm package's. */
  library: string
  tfjs: string
  threads: number
}

let loaded: Promise<Backend> | undefined

/**
 * The tensor backend, loaded once a process: tfjs-node's native half, else WebAssembly. LAB_BACKEND=wasm asks for the
 * latter, to see what those see who have no native half.
 */
export function loadBackend(): Promise<Backend> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Backend> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  const threads = Number(process.env.TF_NUM_INTRAOP_THREADS ?? cpus().length)
  if (process.env.LAB_BACKEND === 'wasm') return loadWasm()
  try {
    const native = loadNative()
    return { tf: native.tf, name: 'native', library: native.library, tfjs: native.tf.version_core, threads }
  } catch {
    return loadWasm()
  }
}

async function loadWasm(): Promise<Backend> {
  const tf = await import('@tensorflow/tfjs-core')
  const wasm = await import('@tensorflow/tfjs-backend-wasm')
  await import('@tensorflow/tfjs-backend-cpu')
  const require = createRequire(import.meta.url)
  wasm.setWasmPaths(`${require.resolve('@tensorflow/tfjs-backend-wasm').replace(/[^/\\]*$/, '')}`)
  wasm.setThreadsCount(1)
  await tf.setBackend('wasm')
  await tf.ready()
  return { tf, name: 'wasm', library: wasm.version_wasm, tfjs: tf.version_core, threads: 1 }
}

function loadNative(): { tf: Tensors; library: string } {
  // tfjs-node 4.22 calls two helpers that newer Nodes removed or warn about.
  const old = util as unknown as Record<string, unknown>
  old.isNullOrUndefined = (value: unknown) => value === null || value === undefined
  old.isArray = Array.isArray
  const require = createRequire(import.meta.url)
  const tf = require('@tensorflow/tfjs-node') as Tensors & { version: Record<string, string> }
  const binding = (tf.backend() as unknown as { binding?: { TF_Version?: string } }).binding
  return { tf, library: binding?.TF_Version ?? 'unknown' }
}

/** The processor's name and the vector instructions the bits depend on. */
export function describeProcessor(): { cpu: string; cpuFlags: string } {
  const cpu = cpus()[0]?.model.trim() ?? 'unknown'
  try {
    const flags = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? ''
    return {
      cpu,
      cpuFlags: flags
        .split(' ')
        .filter((flag) => /^(avx|fma|sse4|amx)/.test(flag))
        .join(' ')
    }
  } catch {
    return { cpu, cpuFlags: '' }
  }
}
