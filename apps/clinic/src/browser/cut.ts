/**
 * Cut and paste: a visit that is cut waits in this tab, by its id, version and time only, until a free time is chosen on
 * whichever day or week is opened. The server decides; the move form does the same without scripts.
 */
{
  interface CutVisit extends StepToUndo {
    /** What the clock shows where it stands, 'YYYY-MM-DDTHH:MM'. */
    start: string;
  }

  const key = 'cut';
  const banner = document.querySelector<HTMLElement>('#cut-banner');
  const grid = document.querySelector<HTMLElement>('#day-grid');
  if (banner && grid) listen(banner, grid);

  function stored(): CutVisit[] {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
      return Array.isArray(kept) ? (kept as CutVisit[]).filter(({ id, version }) => id && version) : [];
    } catch {
      return [];
    }
  }

  /** Minutes since 1970 as if the clock showed UTC: differences between clocks are all that is asked of it. */
  const minutesOf = (start: string): number => Date.parse(`${start.slice(0, 16)}Z`) / 60_000;
  const clockOf = (minutes: number): string => new Date(minutes * 60_000).toISOString().slice(0, 16);

  const isTyping = (target: EventTarget | null): boolean =>
    target instanceof HTMLElement &&
    (['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('dialog') !== null);

  function listen(banner: HTMLElement, grid: HTMLElement): void {
    const text = banner.querySelector<HTMLElement>('[data-cut-text]');
    let shown: readonly VisitJson[] = [];
    let cut = stored();
    let isPasting = false;

    const mark = (): void => {
      const ids = new Set(cut.map(({ id }) => id));
      for (const face of grid.querySelectorAll<HTMLElement>('[data-appointment]'))
        face.toggleAttribute('data-is-cut', ids.has(face.dataset['appointment'] ?? ''));
    };

    const keep = (visits: readonly CutVisit[]): void => {
      cut = [...visits];
      if (cut.length > 0) sessionStorage.setItem(key, JSON.stringify(cut));
      else sessionStorage.removeItem(key);
      banner.hidden = cut.length === 0;
      grid.classList.toggle('is-pasting', cut.length > 0);
      if (text) text.textContent = (text.dataset['words'] ?? '').replace('{n}', String(cut.length));
      mark();
    };

    const cutOut = (ids: readonly string[]): void => {
      const wanted = shown.filter(({ id }) => ids.includes(id));
      const movable = wanted.filter(({ isMovable }) => isMovable);
      if (wanted.length === 0) return;
      if (movable.length === 0) {
        window.dayParts.say(banner.dataset['notMovable'] ?? '', 'refused');
        return;
      }
      keep(movable.map(({ id, version, start }) => ({ id, version, start })));
      window.dayParts.chooseNone?.();
    };

    /** The first one goes to the chosen time, the others as far after it as they stood. */
    const paste = async ({ resourceId, start }: GridPlace): Promise<void> => {
      if (isPasting) return;
      isPasting = true;
      const branchId = banner.dataset['branch'];
      const first = Math.min(...cut.map((each) => minutesOf(each.start)));
      const isLater = minutesOf(start) > first;
      const inTurn = [...cut].sort((a, b) => (isLater ? -1 : 1) * (minutesOf(a.start) - minutesOf(b.start)));
      const placed = (each: CutVisit): string =>
        minutesOf(each.start) === first ? start : clockOf(minutesOf(start) + minutesOf(each.start) - first);
      const moves = inTurn.map((visit): MoveWish => ({
        visit,
        to: { resourceId, start: placed(visit), ...(branchId !== undefined && { branchId }) },
      }));
      try {
        const { done, stale } = await window.dayParts.moveVisits(moves);
        const over = new Set([...done, ...stale]);
        keep(cut.filter(({ id }) => !over.has(id)));
      } finally {
        isPasting = false;
      }
    };

    const putBack = (): void => {
      keep([]);
      window.dayParts.say(banner.dataset['isBack'] ?? '');
    };

    document.addEventListener('grid-pointed', (event) => {
      if (cut.length === 0) return;
      event.preventDefault();
      void paste(event.detail);
    });
    /** The lists name free times as links to booking; while something is cut they take it. */
    const pasteAtLink = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.day-free a') : null;
      if (!link || cut.length === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const { searchParams } = new URL(link.href);
      const [resourceId, day, time] = ['resource', 'day', 'time'].map((name) => searchParams.get(name));
      if (!resourceId || !day || !time) return;
      event.preventDefault();
      void paste({ resourceId, start: `${day}T${time}` });
    };
    document.addEventListener('click', pasteAtLink);
    document.addEventListener('grid-drawn', ({ detail: { day } }) => {
      shown = day.visits;
      // Whose page is of another time still has the version that was cut; the server compares it.
      mark();
    });
    document.addEventListener('click', ({ target }) => {
      if (!(target instanceof Element)) return;
      if (target.closest('[data-put-back]')) return putBack();
      const asked = target.closest<HTMLElement>('[data-cut]');
      if (asked?.dataset['cut']) {
        cutOut([asked.dataset['cut']]);
        document.querySelector<HTMLElement>('[data-close-panel]')?.click();
      }
      if (target.closest('[data-cut-chosen]')) cutOut(window.dayParts.chosen?.() ?? []);
    });
    document.addEventListener('keydown', (event) => {
      const { target } = event;
      if (event.defaultPrevented || isTyping(target) || !(target instanceof Element)) return;
      if (event.key === 'Escape' && cut.length > 0) {
        if (document.querySelector<HTMLElement>('#panel')?.hidden === false) return;
        event.preventDefault();
        return putBack();
      }
      if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem('shortcuts') === 'off') return;
      const face = target.closest<HTMLElement>('[data-appointment]');
      if (event.key.toLowerCase() === 'x') {
        const chosen = window.dayParts.chosen?.() ?? [];
        const ids = chosen.length > 0 ? chosen : face?.dataset['appointment'] ? [face.dataset['appointment']] : [];
        if (ids.length === 0) return;
        event.preventDefault();
        cutOut(ids);
      } else if (event.key.toLowerCase() === 'v' && cut.length > 0 && !face && target instanceof HTMLElement) {
        if (!grid.contains(target) || !target.matches('button')) return;
        event.preventDefault();
        target.click();
      }
    });

    let isDue = false;
    new MutationObserver(() => {
      if (isDue || cut.length === 0) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        mark();
      });
    }).observe(grid, { childList: true, subtree: true });
    // A button that could do nothing without this script.
    const showButtons = (): void => {
      for (const button of document.querySelectorAll<HTMLElement>('[data-cut]')) button.hidden = false;
    };
    document.addEventListener('htmx:after:swap', showButtons);
    showButtons();
    keep(cut);
  }
}
