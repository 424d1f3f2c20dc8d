import { readDax } from '@shared/formats/dax'
import { INPUT, OUTPUT } from '@shared/model/workflow'
import { describe, expect, it } from 'vitest'

const dax = (inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!-- a > b & "c" -->\n<adag xmlns="http://pegasus.isi.edu/schema/DAX" version="2.1" name="test">\n${inside}\n</adag>\n`
const uses = (file: string, link: string, size = 2_000_000) => `<uses file="${file}" link="${link}" register="true" size="${size}"/>`
const job = (id: string, ...files: string[]) => `<job id="${id}" name="x" runtime="10.5">${files.join('')}</job>`
const order = (child: string, ...parents: string[]) =>
  `<child ref="${child}">${parents.map((ref) => `<parent ref="${ref}"/>`).join('')}</child>`

function workloadIn(text: string) {
  const read = readDax(text)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.value
}
const flowsIn = (text: string) => workloadIn(text).workflows[0].flows
const faultsIn = (text: string) => {
  const read = readDax(text)
  return read.ok ? [] : read.faults
}

describe('a Pegasus DAX', () => {
  it('becomes a workflow by the files of its jobs and the order between them', () => {
    const text = dax(
      [job('a', uses('raw', 'input'), uses('half', 'output', 1e6)), job('b', uses('half', 'input', 1e6)), job('c'), order('c', 'b')].join(
        '\n'
      )
    )
    expect(workloadIn(text)).toMatchObject({ name: 'test', workflows: [{ id: 'w1', device: 'device' }] })
    expect(workloadIn(text).workflows[0].tasks).toEqual(['a', 'b', 'c'].map((id) => ({ id, megacycles: 10.5 * 2400 })))
    expect(flowsIn(text)).toEqual([
      { from: INPUT, to: 'a', megabytes: 2 },
      { from: 'a', to: 'b', megabytes: 1 },
      { from: 'b', to: 'c', megabytes: 0 }
    ])
  })

  it('whose file is written by several jobs has all of them as sources that are parents of its reader', () => {
    const writers = ['a', 'b', 'c'].map((id) => job(id, uses('f', 'output')))
    const text = dax(
      [...writers, job('d', uses('f', 'input')), job('e', uses('f', 'input')), order('d', 'a', 'c'), order('e', 'b')].join('\n')
    )
    expect(flowsIn(text)).toEqual([
      { from: 'a', to: 'd', megabytes: 2 },
      { from: 'c', to: 'd', megabytes: 2 },
      { from: 'b', to: 'e', megabytes: 2 }
    ])
    expect(workloadIn(text).note).toContain('1 file is written by several tasks')
  })

  it('whose jobs change a file in turn hands it from each to the next', () => {
    const text = dax(
      [job('a', uses('f', 'output')), job('b', uses('f', 'inout')), job('c', uses('f', 'input')), order('b', 'a'), order('c', 'b')].join(
        '\n'
      )
    )
    expect(flowsIn(text)).toEqual([
      { from: 'a', to: 'b', megabytes: 2 },
      { from: 'b', to: 'c', megabytes: 2 }
    ])
  })

  it('whose reader comes after none of several writers is refused, and says so', () => {
    expect(faultsIn(dax([job('a', uses('f', 'output')), job('b', uses('f', 'output')), job('c', uses('f', 'input'))].join('\n')))).toEqual([
      { path: 'line 6', message: '"f" is written by "a", "b", and none of them is a parent of "c"' }
    ])
  })

  it('returns to the device what no job reads, from each that wrote it', () => {
    expect(flowsIn(dax([job('a', uses('f', 'output')), job('b', uses('f', 'output'))].join('\n')))).toEqual([
      { from: 'a', to: OUTPUT, megabytes: 2 },
      { from: 'b', to: OUTPUT, megabytes: 2 }
    ])
  })

  it('may have prefixes, entities, sections and a line for every attribute', () => {
    const text = '<p:adag\n name="a &amp; &#98;"><![CDATA[<job>]]><p:job\n id="a>b"\n runtime=\'1\'\n/></p:adag>'
    expect(workloadIn(text)).toMatchObject({ name: 'a & b', workflows: [{ tasks: [{ id: 'a>b', megacycles: 2400 }] }] })
  })

  it.each([
    ['a job without a runtime', dax('<job id="a"/>'), 'line 4', 'job "a" has no runtime'],
    ['a negative runtime', dax('<job id="a" runtime="-1"/>'), 'line 4', 'runtime of job "a" must be from 0 to 1e15, not "-1"'],
    ['too much work', dax('<job id="a" runtime="1e15"/>'), 'line 4', 'megacycles must not exceed 1000000000000000; check its unit'],
    [
      'an id that is a key of every object',
      dax('<job id="constructor" runtime="1"/>'),
      'line 4',
      'this id could not be a key of a placement; choose another'
    ],
    ['elements within elements', `<adag>${'<a>'.repeat(2_000_000)}`, 'line 1', 'elements are nested more than 64 deep'],
    [
      'an element of a million attributes',
      `<adag ${Array.from({ length: 1_000_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`,
      'line 1',
      'an element has more than 1000 attributes'
    ],
    [
      'files without end',
      dax(
        `<job id="a" runtime="1">${Array.from({ length: 600_000 }, (_, i) => `<uses file="${i}" size="1" link="input"/>`).join('')}</job>`
      ),
      'line 4',
      'jobs use more files and have more parents than 500,000; split the workflow'
    ],
    ['an id as long as a page', dax(`<job id="${'a'.repeat(250)}" runtime="1"/>`), 'line 4', 'an id must have 200 characters at most'],
    ['no id', dax('<job runtime="1"/>'), 'line 4', 'an id must not be empty'],
    ['two jobs of one id', dax(`${job('a')}\n${job('a')}`), 'line 5', 'job "a" is already on line 4'],
    ['an order of strangers', dax(`${job('a')}\n${order('a', 'b')}`), 'line 5', 'there is no job "b"'],
    ['no jobs', dax(''), 'line 1', 'a workflow needs at least one <job>'],
    ['tags that close wrongly', dax('<job id="a" runtime="1"></jib>'), 'line 4', 'is not well-formed XML: unexpected close tag'],
    ['an end that never comes', '<adag>\n<job id="a" runtime="1">', 'line 2', 'is not well-formed XML: unclosed tag: job'],
    ['entities of its own', '<!DOCTYPE adag [<!ENTITY a "b">]>\n<adag name="&a;"/>', 'line 2', 'is not well-formed XML: undefined entity'],
    ['another root', '<html></html>', 'line 1', 'is not a Pegasus DAX: it has no element <adag>'],
    ['no XML at all', 'hello', 'line 1', 'is not a Pegasus DAX: it does not begin with "<"']
  ])('is refused at its line with %s', (_what, text, path, message) => {
    expect(faultsIn(text)).toEqual([{ path, message }])
  })

  it('refuses two sizes of one file of one job, and takes one that is told twice', () => {
    const text = (size: number) =>
      `<adag><job id="a" runtime="1">\n<uses file="f" link="input" size="5"/>\n<uses file="f" link="inout" size="${size}"/></job></adag>`
    expect(readDax(text(5)).ok).toBe(true)
    expect(readDax(text(6))).toMatchObject({ faults: [{ path: 'line 3', message: 'file "f" of job "a" has another size before' }] })
  })
})
