export * from '@shared/format'
