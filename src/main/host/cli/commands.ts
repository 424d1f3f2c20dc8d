import type { Command } from './command'

/** Every command, loaded when it is asked for: looking at the history need not wait for tensors. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run')).runCommand,
  runs: async () => (await import('./runs')).runsCommand,
  compare: async () => (await import('./compare')).compareCommand,
  optimum: async () => (await import('./assess')).optimumCommand,
  evaluate: async () => (await import('./assess')).evaluateCommand,
  decide: async () => (await import('./decide')).decideCommand,
  adapt: async () => (await import('./adapt')).adaptCommand,
  study: async () => (await import('./study')).studyCommand,
  adversary: async () => (await import('./adversary')).adversaryCommand,
  policies: async () => (await import('./policies')).policiesCommand,
  bin: async () => (await import('./bin')).binCommand,
  import: async () => (await import('./import')).importCommand,
  export: async () => (await import('./export')).exportCommand,
  presets: async () => (await import('./presets')).presetsCommand,
  agents: async () => (await import('./agents')).agentsCommand,
  env: async () => (await import('./env')).envCommand,
  algorithms: async () => (await import('./algorithms')).algorithmsCommand,
  backup: async () => (await import('./backup')).backupCommand,
  restore: async () => (await import('./restore')).restoreCommand,
  serve: async () => (await import('./serve')).serveCommand,
  link: async () => (await import('./link')).linkCommand,
  doctor: async () => (await import('./doctor')).doctorCommand,
  bench: async () => (await import('./bench')).benchCommand
}
