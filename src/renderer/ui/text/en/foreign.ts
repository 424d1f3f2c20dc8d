import { count, integer } from '@shared/format'
import { runCount } from './counts'

/** Runs that other trackers recorded, on their way in. */
export const foreignText = {
  foreign: {
    import: 'Import runs',
    importHelp: 'A folder of TensorBoard or MLflow: its runs come in with their curves and parameters.',
    command: 'Import runs of TensorBoard or MLflow',
    folder: 'folder',
    none: (folder: string) =>
      `${folder} holds neither event files of TensorBoard (events.out.tfevents.…) nor runs of MLflow (folders with a meta.yaml)`,
    tooLarge: (folder: string, size: string, most: string) =>
      `${folder} has ${size} of runs; a page takes ${most}, and the command line any: lab runs import`,
    says: (found: { sources: string; runs: number; curves: number; points: number; same: number; older: number }) =>
      `${runCount(found.runs)} of ${found.sources}: ${count(found.curves, 'curve', 'curves')}, ${count(found.points, 'point', 'points')}. ${found.runs === 1 ? 'It comes in as a foreign run' : 'They come in as foreign runs'}: to be shown and compared as curves, without a scenario.${found.same > 0 ? ` ${integer(found.same)} of them ${found.same === 1 ? 'is' : 'are'} here already.` : ''}${found.older > 0 ? ` ${integer(found.older)} here ${found.older === 1 ? 'is' : 'are'} brought up to date.` : ''}`,
    imported: (added: number, renewed: number) =>
      [added > 0 || renewed === 0 ? `${runCount(added)} imported` : '', renewed > 0 ? `${runCount(renewed)} brought up to date` : '']
        .filter((part) => part !== '')
        .join(', '),
    rename: (n: number) => `Call ${n === 1 ? 'its metric' : `its ${count(n, 'metric', 'metrics')}`} otherwise`,
    renameHint: 'Curves are drawn over each other where their metrics have one name, as gap, cost, loss or reward in the lab.',
    renameOf: (metric: string) => `What ${metric} is called here`
  }
}
