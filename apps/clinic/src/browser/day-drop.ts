/** What was dragged asks the same verb as the form does; a refusal puts it back and says why, and a move can be undone. */
{
  const place = document.querySelector<HTMLElement>('#day-grid');
  const { moveTo, notMoved, noAnswer, moving } = (place?.dataset ?? {}) as Record<string, string>;

  const stand = (isBusy: boolean): unknown => document.dispatchEvent(new CustomEvent('grid-busy', { detail: isBusy }));

  const move = async ({ visit, to, revert }: GridDropped): Promise<void> => {
    const { ask, say } = window.dayParts;
    stand(true);
    say(moving ?? '');
    try {
      const answer = await ask(`${moveTo}/${encodeURIComponent(visit.id)}/move`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
        body: JSON.stringify({ version: visit.version, ...to }),
      });
      if (answer.ok) {
        const moved = (await answer.json()) as MovedJson;
        const back = { resourceId: visit.resourceId, start: visit.start };
        const now = { ...visit, version: moved.version };
        say(moved.message, 'done', () => void move({ visit: now, to: back, revert: () => undefined }));
      } else {
        const problem = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string };
        revert();
        say(`${notMoved} ${problem.detail ?? problem.title ?? noAnswer}`, 'refused');
      }
    } catch {
      // The answer was lost, not necessarily the move: what is true now is read again below.
      revert();
      say(`${notMoved} ${noAnswer}`, 'refused');
    } finally {
      stand(false);
    }
  };

  document.addEventListener('grid-dropped', ({ detail }) => void move(detail));
}
