import { type AppointmentView, undoSeconds } from '#libs/appointments';
import type { Language } from '#libs/platform';
import { type Flash, pathTo } from '#libs/web';

/** What a message offers after a step that staff can undo for ten seconds. */
export const undoOffer = (view: AppointmentView, language: Language): NonNullable<Flash['undo']> => ({
  ...undoAtAnyTime(view, language),
  seconds: undoSeconds,
});

/** What a message offers after a step of the visit's day, which can be taken back whenever that is noticed. */
export const undoAtAnyTime = ({ id, version }: AppointmentView, language: Language): NonNullable<Flash['undo']> => ({
  path: pathTo(language, '/appointments/', id, '/undo'),
  version,
});
