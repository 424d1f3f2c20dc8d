/** The forms in which runs leave the lab for other tools: folders of files, or one text. */
export const RUN_EXPORTS = ['tensorboard', 'mlflow', 'csv', 'tsv', 'latex', 'saga', 'methods', 'bibtex'] as const
export type RunExport = (typeof RUN_EXPORTS)[number]

/** What is a folder of files; the window hands it out as a zip. */
export const isFolder = (form: RunExport): boolean => form === 'tensorboard' || form === 'mlflow'
