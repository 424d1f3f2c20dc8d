/** Line icons in a box of 16, stroke 1.25. */
export const ICONS = {
  runs: 'M2.5 4h11M2.5 8h8M2.5 12h5',
  compare: 'M3 3h4v10H3zM9 3h4v10H9z',
  experiments: 'M6 2.5h4M7 2.5v4L3.4 12.6a.6.6 0 0 0 .5.9h8.2a.6.6 0 0 0 .5-.9L9 6.5v-4M5.2 9.8h5.6',
  playground: 'M2.5 4.5h6M11.5 4.5h2M10 3v3M2.5 11.5h2M7.5 11.5h6M6 10v3',
  shake: 'M3 5.5h8.5L9 3M13 10.5H4.5L7 13',
  undo: 'M3.5 3v3.5H7M3.8 6.3A5 5 0 1 1 3 9.5',
  save: 'M2.5 2.5h9l2 2v9h-11zM5 2.5v4h5v-4M5 13.5v-4h6v4',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3 13.5 13.5',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1',
  moon: 'M13 9.6A5.5 5.5 0 0 1 6.4 3a5.5 5.5 0 1 0 6.6 6.6z',
  screen: 'M2.5 3.5h11v7.5h-11zM6 13.5h4M8 11v2.5',
  play: 'M5 3.2v9.6L12.5 8z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  stop: 'M4 4h8v8H4z',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.2 4.5l.6 9h6.4l.6-9M6.8 7v4M9.2 7v4',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  rise: 'M8 12.5v-9M4.5 7 8 3.5 11.5 7',
  fall: 'M8 3.5v9M4.5 9 8 12.5 11.5 9',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6',
  file: 'M4 1.5h5l3 3v10H4zM9 1.5v3h3',
  scenario: 'M8 2.2v3M8 5.2 3.8 10M8 5.2 12.2 10M2.3 10h3v3h-3zM10.7 10h3v3h-3z',
  warning: 'M8 2.2 14.2 13H1.8zM8 6.2v3.4M8 11.4v.2',
  keyboard: 'M1.5 4h13v8h-13zM4 6.5h.1M6.6 6.5h.1M9.3 6.5h.1M12 6.5h.1M4 9.5h8',
  database:
    'M3 4c0-1 2.2-1.8 5-1.8S13 3 13 4s-2.2 1.8-5 1.8S3 5 3 4zM3 4v8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8V4M3 8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8',
  chip: 'M4.5 4.5h7v7h-7zM6.5 2v2.5M9.5 2v2.5M6.5 11.5V14M9.5 11.5V14M2 6.5h2.5M2 9.5h2.5M11.5 6.5H14M11.5 9.5H14',
  link: 'M6.5 9.5l3-3M7 4.5l1.3-1.3a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5l-1.3 1.3a2.8 2.8 0 0 1-4-4L5 7.5'
} as const

export type IconName = keyof typeof ICONS
