import { config } from 'zod'

// The page's policy forbids code made at run time; formats are read in the page too, and zod would try to write readers of its own.
config({ jitless: true })
