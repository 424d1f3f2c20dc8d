import { afterAll, afterEach, expect } from 'vitest'
import { takeComplaints } from './browser'

// Held in every file of browser tests: no page breaks the content security policy, asks elsewhere, or has anything on its console.
const check = (): void => expect(takeComplaints()).toEqual([])
afterEach(check)
afterAll(check)
