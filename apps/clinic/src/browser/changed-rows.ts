/**
 * In a list of requests, says beside each that somebody else has just answered who did, and takes it off the choice. It
 * can be chosen again: whoever sends it all the same, or has no scripts, is told by the server.
 */
{
  type ChangedAmongJson = import('./changed-json.js').ChangedAmongJson;

  const list = document.querySelector<HTMLFormElement>('form[data-changed-rows]');
  if (list) watch(list);

  function watch(list: HTMLFormElement): void {
    /** Those that nothing was said of, by the request's id. */
    const open = new Map(
      [...list.querySelectorAll<HTMLInputElement>('input[name="chosen"]')].map((box) => [box.value.slice(0, 36), box]),
    );

    const say = (box: HTMLInputElement, text: string): void => {
      const row = box.closest('tr');
      box.checked = false;
      const words = document.createElement('p');
      words.className = 'small is-late';
      words.setAttribute('role', 'status');
      row?.querySelector('th')?.append(words);
      // Said after it stands there: a status that is born with its words is read out by nobody.
      requestAnimationFrame(() => (words.textContent = text));
    };

    const look = async (): Promise<void> => {
      if (open.size === 0 || document.visibilityState === 'hidden') return;
      const seen = [...open.values()].map(({ value }) => value).join();
      const answer = await fetch(`${list.dataset['changedRows']}?seen=${seen}`, {
        headers: { Accept: 'application/json', 'Accept-Language': document.documentElement.lang },
        credentials: 'same-origin',
      });
      if (!answer.ok) return;
      const { changed } = (await answer.json()) as ChangedAmongJson;
      for (const { id, text } of changed) {
        const box = open.get(id);
        open.delete(id);
        if (box) say(box, text);
      }
    };

    const next = (): unknown =>
      setTimeout(
        () =>
          void look()
            .catch(() => undefined)
            .finally(next),
        3_000,
      );
    document.addEventListener('visibilitychange', () => void look().catch(() => undefined));
    next();
  }
}
