export * from '@shared/charts/schemes'
