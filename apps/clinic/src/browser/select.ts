/**
 * Several visits at once: Ctrl and a click or the space bar in the grid, boxes in the lists. What is chosen is the same in
 * both; the bar leads to the page that changes them all, which works without this script too.
 */
{
  const bar = document.querySelector<HTMLFormElement>('form[data-select-bar]');
  if (bar) choose(bar);

  function choose(bar: HTMLFormElement): void {
    const grid = document.querySelector<HTMLElement>('#day-grid');
    const count = bar.querySelector<HTMLElement>('[data-select-count]');
    const chosen = new Set<string>();

    const boxes = (): NodeListOf<HTMLInputElement> =>
      document.querySelectorAll<HTMLInputElement>(`input[type="checkbox"][form="${bar.id}"]`);

    const mark = (): void => {
      for (const face of grid?.querySelectorAll<HTMLElement>('[data-appointment]') ?? []) {
        if (chosen.has(face.dataset['appointment'] ?? '')) face.setAttribute('aria-pressed', 'true');
        else face.removeAttribute('aria-pressed');
      }
      for (const box of boxes()) box.checked = chosen.has(box.value);
    };

    const tell = (): void => {
      mark();
      bar.hidden = chosen.size === 0;
      if (count) count.textContent = (count.dataset['words'] ?? '').replace('{n}', String(chosen.size));
    };

    const toggle = (id: string): void => {
      if (!chosen.delete(id)) chosen.add(id);
      tell();
    };

    const clear = (): void => {
      chosen.clear();
      tell();
    };

    document.addEventListener('grid-pressed', (event) => {
      if (!event.detail.ctrlKey && !event.detail.shiftKey) return;
      event.preventDefault();
      toggle(event.detail.visit.id);
    });
    // The space bar would press the button that a visit is; it is Enter that opens it.
    for (const name of ['keydown', 'keyup'] as const) {
      document.addEventListener(name, (event) => {
        const face = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-appointment]') : null;
        if (event.key !== ' ' || !face || !grid?.contains(face)) return;
        event.preventDefault();
        if (name === 'keydown' && !event.repeat) toggle(face.dataset['appointment'] ?? '');
      });
    }
    document.addEventListener('change', ({ target }) => {
      if (!(target instanceof HTMLInputElement) || target.getAttribute('form') !== bar.id) return;
      if (target.checked) chosen.add(target.value);
      else chosen.delete(target.value);
      tell();
    });
    bar.addEventListener('submit', (event) => {
      // The boxes of the lists would say only what stands in the lists.
      event.preventDefault();
      const returnTo = bar.querySelector<HTMLInputElement>('input[name="returnTo"]')?.value ?? '';
      const search = new URLSearchParams({ ids: [...chosen].join(','), returnTo });
      location.href = `${bar.action}?${search.toString()}`;
    });
    bar.querySelector('[data-select-clear]')?.addEventListener('click', clear);
    document.addEventListener('keydown', (event) => {
      const isPanelOpen = document.querySelector<HTMLElement>('#panel')?.hidden === false;
      if (event.key !== 'Escape' || event.defaultPrevented || isPanelOpen || chosen.size === 0) return;
      event.preventDefault();
      clear();
    });

    // What is drawn anew wears no marks yet.
    let isDue = false;
    const markSoon = (): void => {
      if (isDue || chosen.size === 0) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        mark();
      });
    };
    if (grid) new MutationObserver(markSoon).observe(grid, { childList: true, subtree: true });
    document.addEventListener('htmx:after:swap', markSoon);
    document.addEventListener('grid-drawn', ({ detail: { day } }) => {
      const there = new Set(day.visits.map(({ id }) => id));
      for (const id of chosen) if (!there.has(id)) chosen.delete(id);
      tell();
    });

    bar.dataset['isLive'] = 'true';
    for (const part of bar.querySelectorAll<HTMLElement>('[data-with-script]')) part.hidden = false;
    // The browser may have kept boxes ticked from the page's last time.
    for (const box of boxes()) if (box.checked) chosen.add(box.value);
    tell();
    window.dayParts = { ...window.dayParts, chosen: () => [...chosen], chooseNone: clear };
  }
}
