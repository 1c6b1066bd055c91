/**
 * Taking back what was just done: a form that came with the page or the panel is counted down and taken away when its time
 * is over; a step of the grid gets a button of its own (`step-taken`). The key U presses whichever is there.
 */
{
  /** Counts down until `deadline` (milliseconds since 1970), as long as `place` is on the page; then `end` is called once. */
  const countDown = (place: HTMLElement, deadline: number, show: (seconds: number) => void, end: () => void): void => {
    const tick = (): void => {
      if (!place.isConnected) return;
      const seconds = Math.ceil((deadline - Date.now()) / 1000);
      if (seconds <= 0) return end();
      show(seconds);
      setTimeout(tick, 250);
    };
    tick();
  };

  const line = (text: string): HTMLElement => {
    const over = document.createElement('p');
    over.className = 'small muted';
    over.textContent = text;
    return over;
  };

  /** @param from when the answer left the server, at the latest */
  const countForms = (from: number): void => {
    for (const form of document.querySelectorAll<HTMLFormElement>(
      'form[data-undo][data-seconds]:not([data-counted])',
    )) {
      form.dataset['counted'] = 'true';
      const left = form.querySelector<HTMLElement>('[data-undo-left]');
      left?.setAttribute('aria-hidden', 'true');
      countDown(
        form,
        from + Number(form.dataset['seconds']) * 1000,
        (n) => {
          if (left) left.textContent = (form.dataset['left'] ?? '').replace('{n}', String(n));
        },
        () => {
          // What was sent in the last moment is not taken back by its own end.
          if (form.dataset['sent']) return;
          const over = line(form.dataset['over'] ?? '');
          const hadFocus = form.contains(document.activeElement);
          form.replaceWith(over);
          if (!hadFocus) return;
          over.tabIndex = -1;
          over.focus();
        },
      );
    }
  };
  countForms(performance.timeOrigin);
  document.addEventListener('htmx:after:swap', () => countForms(Date.now()));

  const status = document.querySelector<HTMLElement>('#day-status');
  const place = document.querySelector<HTMLElement>('#day-grid');
  const words = place?.dataset ?? {};

  const stand = (isBusy: boolean): unknown => document.dispatchEvent(new CustomEvent('grid-busy', { detail: isBusy }));

  /** The last one first: each may stand where the one before it has to return to. */
  const takeBack = async (steps: readonly (StepToUndo & { key: string })[]): Promise<void> => {
    const { ask, say } = window.dayParts;
    stand(true);
    const said: string[] = [];
    const refused: string[] = [];
    try {
      for (const { id, version, key } of [...steps].reverse()) {
        const once = (): Promise<Response> =>
          ask(`${words['moveTo']}/${encodeURIComponent(id)}/undo`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
            body: JSON.stringify({ version }),
          });
        // A lost answer is asked for once more: the key says that it is the same wish.
        const answer = await once().catch(once);
        const told = (await answer.json().catch(() => ({}))) as { message?: string; detail?: string; title?: string };
        if (answer.ok) said.push(told.message ?? '');
        else refused.push(told.detail ?? told.title ?? words['noAnswer'] ?? '');
      }
    } catch {
      refused.push(words['noAnswer'] ?? '');
    } finally {
      const problem = refused.length > 0 ? [words['notUndone'] ?? '', ...new Set(refused)] : [];
      say([...said, ...problem].join(' '), refused.length > 0 ? 'refused' : 'done');
      stand(false);
    }
  };

  document.addEventListener('step-taken', ({ detail: { message, kind, undo, seconds } }) => {
    // An older step's way back would be the first that the key finds.
    for (const form of document.querySelectorAll('form[data-undo][data-seconds]')) form.remove();
    window.dayParts.say(message, kind ?? 'done');
    if (!status || undo.length === 0 || seconds <= 0) return;
    const steps = undo.map((step) => ({ ...step, key: crypto.randomUUID() }));
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-secondary button-small';
    button.dataset['shortcut'] = 'u';
    button.textContent = words['undo'] ?? '';
    const left = document.createElement('span');
    left.className = 'small';
    left.setAttribute('aria-hidden', 'true');
    const way = document.createElement('span');
    way.className = 'undo';
    way.append(button, left);
    status.append(' ', way);
    button.addEventListener('click', () => void takeBack(steps), { once: true });
    countDown(
      way,
      Date.now() + seconds * 1000 - 500,
      (n) => (left.textContent = (words['undoLeft'] ?? '').replace('{n}', String(n))),
      () => {
        const hadFocus = way.contains(document.activeElement);
        way.remove();
        if (hadFocus) place?.querySelector<HTMLElement>('.ec-main')?.focus();
      },
    );
  });
}
