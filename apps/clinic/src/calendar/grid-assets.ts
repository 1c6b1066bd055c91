/** What a page with a grid of days links; scripts in the order in which they need each other. */
export const gridAssets = {
  isWide: true,
  styles: ['event-calendar.css', 'staff.css', 'staff-day.css', 'staff-grid.css', 'live.css', 'staff-moves.css'],
  scripts: [
    'event-calendar.js',
    'day-view-switch.js',
    'day-panel.js',
    'day-ask.js',
    'day-read.js',
    'day-faces.js',
    'day-events.js',
    'day-back.js',
    'day-keys.js',
    'day-drop.js',
    'select.js',
    'cut.js',
    'day-calendar.js',
    'changed-meanwhile.js',
    'live.js',
    'shortcuts.js',
    'auto-submit.js',
  ],
};
