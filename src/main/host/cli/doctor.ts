import { askWorker, diagnose, diagnosisText } from '../../api/diagnosis'
import { forkWorkers } from '../../processes/fork'
import { type Command, UsageError } from './command'
import { print, printJson } from './output'
import { Meter } from './meter'

export const doctorCommand: Command = {
  usage: 'doctor',
  summary: 'what this lab is, and whether all it keeps is sound',
  details: [
    'Versions, what trains, the data folder with its modes and free space, who has it open, backups, bin, and the last errors of its log;',
    'every page and every checksum of the database is read. Nothing is changed or deleted, and a lab that is open goes on.',
    'Exit code 1 where something is wrong.'
  ].join('\n'),
  async run({ arguments: given, home, places, json }) {
    if (given.length > 0) throw new UsageError(`doctor takes no arguments; "${given[0]}" is too much`)
    const meter = new Meter('Checked', 'runs')
    const diagnosis = await diagnose({
      home,
      training: askWorker(forkWorkers(places.worker)),
      depth: 'everything',
      onProgress: (done, of) => meter.show(done, of)
    })
    meter.clear()
    if (json) await printJson(diagnosis)
    else await print(diagnosisText(diagnosis))
    return diagnosis.problems.length === 0 ? 0 : 1
  }
}
