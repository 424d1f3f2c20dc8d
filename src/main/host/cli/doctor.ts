import { askWorker, diagnose, diagnosisText } from '../../api/diagnosis'
import { forkWorkers } from '../../processes/fork'
import { repair } from '../../store'
import { type Command, UsageError } from './command'
import { note, print, printJson } from './output'
import { Meter } from './meter'

export const doctorCommand: Command = {
  usage: 'doctor [--repair]',
  summary: 'what this lab is, and whether all it keeps is sound',
  details: [
    'Versions, what trains, the data folder with its modes and free space, who has it open, backups, bin, and the last errors of its log;',
    'every page and every checksum of the database is read. Nothing is changed or deleted, and a lab that is open goes on.',
    '',
    '--repair    first puts right what can be without a guess, and says what it did. No lab may be open in the data folder.',
    '',
    'A repair closes files to others, takes a lock whose holder has ended, and puts what is damaged aside under a dated name: the',
    'database, backups, a log. Indices are rebuilt; where that is not enough, all rows that can be read go into a new file, or the fullest',
    'sound backup takes its place if it holds more runs. Damaged rows come from a backup that holds what their checksums say. Runs that',
    'nobody trains are marked interrupted. Nothing is ever deleted by it.',
    'Exit code 1 where something is still wrong.'
  ].join('\n'),
  options: { repair: { type: 'boolean' } },
  async run({ arguments: given, options, home, places, json }) {
    if (given.length > 0) throw new UsageError(`doctor takes no arguments; "${given[0]}" is too much`)
    const repairs = options.repair === true ? repair(home, Date.now()) : undefined
    const meter = new Meter('Checked', 'runs')
    const diagnosis = await diagnose({
      home,
      training: askWorker(forkWorkers(places.worker)),
      depth: 'everything',
      onProgress: (done, of) => meter.show(done, of)
    })
    meter.clear()
    if (json) await printJson({ ...(repairs && { repairs }), ...diagnosis })
    else {
      for (const sentence of repairs ?? []) note(`Repaired: ${sentence}`)
      if (repairs?.length === 0) note('There was nothing to repair.')
      await print(diagnosisText(diagnosis))
    }
    return diagnosis.problems.length === 0 ? 0 : 1
  }
}
