/**
 * Arrow keys in lists of buttons (`data-arrows`): up and down, and in a `grid` also left and right. `data-arrows-into` on a
 * search box names the list that the down arrow leads into; the up arrow on the first button leads back. Everything is
 * reached with the Tab key too.
 */
{
  const buttonsOf = (list: Element): HTMLButtonElement[] => [...list.querySelectorAll<HTMLButtonElement>('button')];
  /** How many stand beside each other, by where they are drawn. */
  const columnsOf = (buttons: readonly HTMLButtonElement[]): number => {
    const top = buttons[0]?.getBoundingClientRect().top;
    const beside = buttons.findIndex((each) => Math.abs(each.getBoundingClientRect().top - (top ?? 0)) > 2);
    return beside === -1 ? buttons.length : beside;
  };

  const stepOf = (key: string, list: Element, buttons: readonly HTMLButtonElement[]): number => {
    if (list.getAttribute('data-arrows') !== 'grid') return key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    const columns = columnsOf(buttons);
    return { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key] ?? 0;
  };

  const boxInto = (list: Element): HTMLInputElement | undefined =>
    [...document.querySelectorAll<HTMLInputElement>('input[data-arrows-into]')].find((box) =>
      list.matches(box.dataset['arrowsInto'] ?? ''),
    );

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { target, key } = event;
    if (!(target instanceof HTMLElement)) return;
    if (target instanceof HTMLInputElement && key === 'ArrowDown' && target.dataset['arrowsInto']) {
      const first = document.querySelector<HTMLElement>(`${target.dataset['arrowsInto']} button`);
      if (first) event.preventDefault();
      first?.focus();
      return;
    }
    const list = target.closest('[data-arrows]');
    if (!list || !(target instanceof HTMLButtonElement)) return;
    const buttons = buttonsOf(list);
    const at = buttons.indexOf(target);
    const step = stepOf(key, list, buttons);
    if (step === 0) return;
    event.preventDefault();
    const next = at + step < 0 ? boxInto(list) : buttons[at + step];
    next?.focus();
  });

  // Whoever is quicker than the answer stands in a list that is then exchanged: the focus goes on to the new one.
  let list = '';
  document.addEventListener('focusin', ({ target }) => {
    const box = target instanceof Element ? target.closest('[data-arrows]') : null;
    list = (box && boxInto(box)?.dataset['arrowsInto']) ?? '';
  });
  document.addEventListener('htmx:after:swap', () => {
    if (list === '' || document.activeElement !== document.body) return;
    const box = document.querySelector<HTMLElement>(`input[data-arrows-into="${list}"]`);
    (document.querySelector<HTMLElement>(`${list} button`) ?? box)?.focus();
  });
}
