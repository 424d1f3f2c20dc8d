import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const EVERY_MS = 250
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Arguments for a Node child that is to die with this process, however this one dies. */
export const TIED = ['--import', fileURLToPath(new URL('./tied.mjs', import.meta.url))]

/** Ends this process when the one that started it has gone. Where parents do not change (Windows) it does nothing. */
export function dieWithParent() {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  }, EVERY_MS).unref()
}

/**
 * Ends this process when an npm above it has gone: nobody would be left to end it, and it holds the data folder. npm passes
 * a plain kill on to the shell between, which dies of it and tells nobody: that is passed on here. Killed outright (kill -9),
 * npm does not even tell the shell. A script started without npm may well be sent to the background; nothing is done then.
 */
export function dieWithNpm() {
  const links = linksToNpm()
  if (links.length === 0) return
  const wasAsked = noteSignals()
  const timer = setInterval(() => {
    const broken = links.find(({ pid, parent }) => parentOf(pid) !== parent)
    if (!broken) return
    clearInterval(timer)
    if (broken.isNpm) process.kill(process.pid, 'SIGKILL')
    else if (!wasAsked()) process.kill(process.pid, 'SIGTERM')
  }, EVERY_MS).unref()
}

/** Each process from this one up to the topmost npm with its parent; empty where no npm is above, or the system does not tell. */
function linksToNpm() {
  const links = []
  for (let pid = process.pid, parent = process.ppid; parent !== undefined && parent > 1; ) {
    const name = nameOf(parent)
    const isNpm = name?.startsWith('npm') === true
    if (!isNpm && name !== 'sh') break
    links.push({ pid, parent, isNpm })
    pid = parent
    parent = parentOf(pid)
  }
  return links.slice(0, links.findLastIndex(({ isNpm }) => isNpm) + 1)
}

function parentOf(pid) {
  if (pid === process.pid) return process.ppid
  const parent = /^PPid:\s*(\d+)/m.exec(about(pid, 'status'))?.[1]
  return parent === undefined ? undefined : Number(parent)
}

const nameOf = (pid) => about(pid, 'comm').trim() || undefined

/** What Linux says of a process; nothing elsewhere. */
function about(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

/** Notes whether a signal has come, without changing what it does. */
function noteSignals() {
  let isAsked = false
  for (const signal of SIGNALS) {
    const note = () => {
      isAsked = true
      if (process.listenerCount(signal) > 1) return
      process.off(signal, note)
      process.kill(process.pid, signal)
    }
    process.on(signal, note)
  }
  return () => isAsked
}

/** Passes this process's signals on to a child, and ends as the child ends. */
export function followChild(child) {
  const passOn = (signal) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, passOn)
  child.on('exit', (code, signal) => {
    for (const each of SIGNALS) process.off(each, passOn)
    if (signal) process.kill(process.pid, signal)
    else process.exitCode = code
  })
}
