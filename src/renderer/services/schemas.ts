import { config } from 'zod'

// The page's content security policy forbids making code out of text, and the schemas would try: they are read, not compiled.
config({ jitless: true })
