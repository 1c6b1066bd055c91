/**
 * What was dragged, resized or pasted asks the same verb as the form does, one visit after the other; a refusal puts it back
 * and says why, and what was done can be undone.
 */
{
  const place = document.querySelector<HTMLElement>('#day-grid');
  const { moveTo, notMoved, noAnswer, moving, moveForm, doAnyway } = (place?.dataset ?? {}) as Record<string, string>;

  const stand = (isBusy: boolean): unknown => document.dispatchEvent(new CustomEvent('grid-busy', { detail: isBusy }));

  const answered = (
    answer: Response,
  ): Promise<Partial<MovedJson> & { code?: string; title?: string; detail?: string }> =>
    answer.json().catch(() => ({}));

  /** A lost answer is asked for once more: the key says that it is the same wish. */
  const send = async (visit: StepToUndo, to: GridPlace): Promise<Response> => {
    const { ask } = window.dayParts;
    const once = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify({ version: visit.version, ...to }),
    };
    const address = `${moveTo}/${encodeURIComponent(visit.id)}/move`;
    try {
      return await ask(address, once);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return ask(address, once);
    }
  };

  /** A way to the form, which says what stands there and lets those who may override it, with a reason. */
  const offerOverride = (wish: Pick<MoveWish, 'visit' | 'to'> | undefined): void => {
    const status = document.querySelector('#day-status');
    if (!wish || !status || !moveForm) return;
    const { resourceId, branchId, start, minutes } = wish.to;
    const query = new URLSearchParams({ resource: resourceId, at: start });
    if (branchId) query.set('branch', branchId);
    if (minutes) query.set('minutes', String(minutes));
    query.set('returnTo', location.pathname + location.search);
    const link = document.createElement('a');
    link.href = `${moveForm}/${encodeURIComponent(wish.visit.id)}/move?${query.toString()}`;
    link.textContent = doAnyway ?? '';
    status.append(' ', link);
  };

  const moveVisits: DayParts['moveVisits'] = async (moves) => {
    const { say } = window.dayParts;
    stand(true);
    say(moving ?? '');
    const undo: StepToUndo[] = [];
    const done: string[] = [];
    const refused: string[] = [];
    const stale: string[] = [];
    const overridable: Pick<MoveWish, 'visit' | 'to'>[] = [];
    let seconds = 0;
    for (const { visit, to, revert } of moves) {
      try {
        const answer = await send(visit, to);
        const told = await answered(answer);
        if (answer.ok && told.version !== undefined) {
          undo.push({ id: visit.id, version: told.version });
          done.push(told.message ?? '');
          seconds = told.undoSeconds ?? 0;
        } else {
          revert?.();
          if (told.code === 'slot-taken' || told.code === 'not-bookable') overridable.push({ visit, to });
          if (told.code === 'state-changed' || told.code === 'not-found') stale.push(visit.id);
          refused.push(told.detail ?? told.title ?? noAnswer ?? '');
        }
      } catch {
        // The answer was lost, not necessarily the move: what is true now is read again below.
        revert?.();
        refused.push(noAnswer ?? '');
      }
    }
    const isRefused = refused.length > 0;
    const message = [...done, ...(isRefused ? [notMoved, ...new Set(refused)] : [])].join(' ');
    const detail = { message, kind: isRefused ? 'refused' : 'done', undo, seconds };
    document.dispatchEvent(new CustomEvent('step-taken', { detail }));
    if (moves.length === 1) offerOverride(overridable[0]);
    stand(false);
    return { done: undo.map(({ id }) => id), stale };
  };

  document.addEventListener('grid-dropped', ({ detail }) => void moveVisits([detail]));
  window.dayParts = { ...window.dayParts, moveVisits };
}
