import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { WindowEvents } from '../../../src/main/api'
import { takeIn, writeOut } from '../../../src/main/transfers/transfer-files'
import { Transfers } from '../../../src/main/transfers/transfers'
import { boundsFrom, LEAST, USUAL } from '../../../src/main/host/electron-bounds'
import { filesIn } from '../../../src/main/host/electron-files'
import { trayBitmap } from '../../../src/main/host/electron-tray'

const screen = { x: 0, y: 0, width: 1920, height: 1080 }
const second = { x: 1920, y: 0, width: 1280, height: 1024 }

describe('the window’s place', () => {
  it('is the one it was closed at, on whichever screen', () => {
    const kept = { x: 2000, y: 50, width: 1200, height: 800, isMaximized: true }
    expect(boundsFrom(kept, [screen, second])).toEqual(kept)
  })

  it('is the system’s choice where its screen is gone, in the size it had', () => {
    expect(boundsFrom({ x: 2000, y: 50, width: 1200, height: 800, isMaximized: false }, [screen])).toEqual({
      width: 1200,
      height: 800,
      isMaximized: false
    })
  })

  it.each([
    undefined,
    null,
    'x',
    {},
    { x: 0, y: 0, width: '1', height: 1 },
    { x: Number.NaN, y: 0, width: 1, height: 1 },
    { x: 1e9, y: 0, width: 1, height: 1 }
  ])('is the usual one where %o was kept', (stored) => expect(boundsFrom(stored, [screen])).toEqual(USUAL))

  it('can always be taken hold of, whatever was kept', () => {
    const pixels = fc.integer({ min: -5000, max: 5000 })
    fc.assert(
      fc.property(fc.record({ x: pixels, y: pixels, width: pixels, height: pixels }), (stored) => {
        const { x, y, width, height } = boundsFrom(stored, [screen, second])
        expect(width).toBeGreaterThanOrEqual(LEAST.width)
        expect(height).toBeGreaterThanOrEqual(LEAST.height)
        if (x === undefined || y === undefined) return
        expect(
          [screen, second].some((each) => x < each.x + each.width && x + width > each.x && y >= each.y && y < each.y + each.height)
        ).toBe(true)
      })
    )
  })
})

describe('the program’s arguments', () => {
  it('name files and nothing else, against the folder they were given in', () => {
    expect(filesIn(['/opt/lab', '--no-sandbox', 'runs.dmro', '/abs/x.json', ''], true, '/data/mine')).toEqual([
      '/data/mine/runs.dmro',
      '/abs/x.json'
    ])
    expect(filesIn(['electron', '.', '--inspect', 'a.dmro'], false, '/w')).toEqual(['/w/a.dmro'])
    expect(filesIn(['electron', '--inspect=0', '.', 'a.dmro'], false, '/w')).toEqual(['/w/a.dmro'])
    expect(filesIn(['/opt/lab', 'dmro://evil', 'https://example.org/x.dmro'], true, '/')).toEqual([])
  })
})

describe('what the frame asks of the page', () => {
  it('waits for a page that listens, in order, and follows it to the next one', async () => {
    const events = new WindowEvents()
    events.tell({ type: 'command', id: 'a' })
    events.tell({ type: 'command', id: 'b' })
    const first = events.listen()
    const next = async (stream: typeof first) => (await stream.next()).value
    expect([await next(first), await next(first), await next(first)]).toEqual([
      { type: 'ready' },
      { type: 'command', id: 'a' },
      { type: 'command', id: 'b' }
    ])
    const pending = first.next()
    const again = events.listen()
    expect(await next(again)).toEqual({ type: 'ready' })
    expect((await pending).done).toBe(true)
    events.tell({ type: 'goTo', path: '/' })
    expect(await next(again)).toEqual({ type: 'goTo', path: '/' })
  })

  it('ends with its page', async () => {
    const abort = new AbortController()
    const stream = new WindowEvents().listen(abort.signal)
    await stream.next()
    const pending = stream.next()
    abort.abort()
    expect((await pending).done).toBe(true)
  })
})

describe('a file handed over by the system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-test-'))
  const transfers = new Transfers()
  afterAll(() => {
    transfers.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('comes in and goes out whole', () => {
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => i % 251))
    writeFileSync(join(folder, 'a.dmro'), bytes)
    const transfer = takeIn(transfers, join(folder, 'a.dmro'))
    expect([transfer.name, transfer.size]).toEqual(['a.dmro', bytes.length])
    writeOut(transfer, join(folder, 'b.dmro'))
    expect(readFileSync(join(folder, 'b.dmro')).equals(bytes)).toBe(true)
    expect(readdirSync(folder).sort()).toEqual(['a.dmro', 'b.dmro'])
    transfers.end(transfer.id)
    expect(transfers.get(transfer.id)).toBeUndefined()
  })

  it('that cannot be read leaves nothing behind', () => {
    expect(() => takeIn(transfers, join(folder, 'none'))).toThrow(/ENOENT/)
    expect(() => takeIn(transfers, folder)).toThrow()
  })

  it('stays while somebody works with it, and goes after', async () => {
    const transfer = transfers.begin('x')
    transfer.append(Uint8Array.of(1, 2, 3))
    await transfer.use(async () => {
      transfers.end(transfer.id)
      await Promise.resolve()
      expect(transfer.read(1, 2)).toEqual(Uint8Array.of(2, 3))
    })
    expect(() => transfer.read(0, 1)).toThrow()
  })

  it('is one of a few at a time', () => {
    const some = Array.from({ length: 8 }, () => transfers.begin('x'))
    expect(() => transfers.begin('x')).toThrow('8 files are being transferred')
    for (const { id } of some) transfers.end(id)
  })
})

describe('the tray', () => {
  it('shows three dots on nothing', () => {
    const { pixels, size } = trayBitmap()
    expect(pixels).toHaveLength(size * size * 4)
    const opaque = pixels.filter((_, i) => i % 4 === 3).filter((value) => value === 0xff).length
    expect(opaque).toBeGreaterThan(300)
    expect(opaque).toBeLessThan((size * size) / 2)
  })
})
