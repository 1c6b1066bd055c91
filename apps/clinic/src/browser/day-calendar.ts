/**
 * The grid of a day, a column for each practitioner, or of a week. It adds nothing that the page's lists, links and forms
 * cannot do; it shows the same days as they do and asks the same verbs.
 */
{
  /** Pixels of a column, at least: of a practitioner, and of a day of a week. */
  const narrowest = { day: 136, week: 104 };

  const place = document.querySelector<HTMLElement>('#day-grid');
  if (place) start(place);

  /** Pixels for a line of the grid that stands for so many minutes: small ones need less, long ones must hold a name. */
  function lineOf(step: number): number {
    return { 5: 22, 10: 26, 15: 30, 20: 32, 30: 40, 60: 56 }[step] ?? 30;
  }

  function start(place: HTMLElement): void {
    const { language, bookAt } = place.dataset as Record<string, string>;
    const { stampOf, atOf, clockAt, wallAt, faceOf, eventsOf, backOf, drawBacks, walk, keepOneStop } = window.dayParts;
    const step = Number(place.dataset['step'] ?? 15);
    const line = lineOf(step);
    let shown: DayJson | undefined;
    let grid: Grid | undefined;
    let isDragging = false;
    let droppedAt = -1000;
    /** Columns whose events are in the grid: those in sight and around it. */
    const drawn = new Set<string>();
    /** What each event was made from, to change only what has changed. */
    const made = new Map<string, string>();

    const tell = (name: string, detail: unknown): boolean =>
      document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));

    const main = (): HTMLElement | null => place.querySelector<HTMLElement>('.ec-main');
    const columnOf = (id: string | undefined): ColumnJson | undefined => shown?.columns.find((each) => each.id === id);

    place.addEventListener('click', (event) => {
      if (!(event.target instanceof Element) || performance.now() - droppedAt < 300) return;
      const face = event.target.closest<HTMLElement>('[data-appointment]');
      const visit = shown?.visits.find(({ id }) => id === face?.dataset['appointment']);
      const { shiftKey, ctrlKey, metaKey } = event;
      if (face && visit && tell('grid-pressed', { visit, face, shiftKey, ctrlKey: ctrlKey || metaKey }))
        tell('open-appointment', { id: visit.id });
      const gap = event.target.closest<HTMLElement>('[data-gap]')?.dataset['gap']?.split(' ');
      // A pointer is answered by the grid itself.
      if (gap && event.detail === 0) point(columnOf(gap[0]), Number(gap[1]));
    });

    const point = (column: ColumnJson | undefined, at: number, minutes?: number): void => {
      if (!shown || !column?.isBookable) return;
      const { id, resourceId, day } = column;
      const to = { column: id, resourceId, start: wallAt(shown, column, at), ...(minutes && { minutes }) };
      if (!tell('grid-pointed', to) || !bookAt) return;
      const address = new URL(bookAt, location.href);
      address.searchParams.set('day', day);
      address.searchParams.set('resource', resourceId);
      address.searchParams.set('time', clockAt(shown, at));
      location.href = address.href;
    };

    /** The grid calls itself a table and then holds what no table may; without those roles it is read as headings and buttons. */
    const plainRoles = (): void => {
      const scrolled = main();
      scrolled?.setAttribute('tabindex', '0');
      scrolled?.setAttribute('role', 'group');
      scrolled?.setAttribute('aria-label', place.getAttribute('aria-label') ?? '');
      const roles = ['table', 'rowgroup', 'row', 'cell', 'columnheader', 'rowheader'].map((role) => `[role="${role}"]`);
      for (const element of place.querySelectorAll(roles.join())) {
        element.setAttribute('role', 'presentation');
        for (const name of element.getAttributeNames()) if (name.startsWith('aria-')) element.removeAttribute(name);
      }
    };

    const dropped = ({ event, newResource, revert }: GridDrop, isResized: boolean): void => {
      const visit = event.extendedProps['visit'] as VisitJson | undefined;
      const column = columnOf(newResource?.id ?? visit?.column);
      if (!visit || !column || !shown) return revert();
      const [at, until] = [atOf(event.start), atOf(event.end)];
      const to = {
        resourceId: column.resourceId,
        start: wallAt(shown, column, at),
        ...(isResized && { minutes: until - at }),
      };
      // What stands there now is not what it was made from: it is made anew when the days are read again.
      made.delete(visit.id);
      tell('grid-dropped', { visit, to, revert } satisfies GridDropped);
    };

    const headOf = (id: string): Node[] => {
      const column = columnOf(id);
      const name = Object.assign(document.createElement('a'), { className: 'column-name', href: column?.href ?? '' });
      name.textContent = column?.name ?? '';
      const detail = Object.assign(document.createElement('span'), { className: 'column-detail' });
      detail.textContent = column?.detail ?? '';
      return [name, detail];
    };

    const stopped = (): void => {
      isDragging = false;
      droppedAt = performance.now();
    };

    const make = (day: DayJson): Grid => {
      const events = eventsOf(day, drawn);
      for (const event of events) made.set(event.id, JSON.stringify(event));
      return EventCalendar.create(place, {
        view: 'resourceTimeGridDay',
        date: stampOf(0).slice(0, 10),
        locale: language,
        headerToolbar: { start: '', center: '', end: '' },
        allDaySlot: false,
        slotMinTime: { minutes: day.from },
        slotMaxTime: { minutes: day.to },
        scrollTime: { minutes: day.now && day.now.at > day.from + 60 ? day.now.at - 60 : day.from },
        slotDuration: { minutes: step },
        slotLabelInterval: { minutes: Math.max(step < 15 ? 30 : 60, step) },
        slotHeight: line,
        snapDuration: { minutes: day.grid },
        slotEventOverlap: false,
        // The axis has a date of its own, of which only the time counts.
        slotLabelFormat: (date: Date) => {
          const at = date.getHours() * 60 + date.getMinutes();
          return clockAt(day, at > day.to ? at - 1440 : at);
        },
        eventTimeFormat: () => '',
        columnWidth: `minmax(${narrowest[day.view]}px, 1fr)`,
        editable: true,
        eventDurationEditable: true,
        eventLongPressDelay: 400,
        selectable: true,
        selectLongPressDelay: 600,
        resources: day.columns.map(({ id, name }) => ({ id, title: name })),
        resourceLabelContent: ({ resource }: { resource: { id: string } }) => ({ domNodes: headOf(resource.id) }),
        dayCellContent: ({ resource }: { resource?: { id: string } }) => backOf(resource?.id ?? ''),
        events,
        eventContent: ({ event }: { event: GridEvent }) => faceOf(shown ?? day, event),
        viewDidMount: plainRoles,
        eventDragStart: () => (isDragging = true),
        eventDragStop: stopped,
        eventDrop: (drop: GridDrop) => dropped(drop, false),
        eventResizeStart: () => (isDragging = true),
        eventResizeStop: stopped,
        eventResize: (drop: GridDrop) => dropped(drop, true),
        select: ({ start, end, resource }: { start: Date; end: Date; resource?: { id: string } }) =>
          point(columnOf(resource?.id), atOf(start), atOf(end) - atOf(start)),
        dateClick: ({ date, resource }: { date: Date; resource?: { id: string } }) =>
          point(columnOf(resource?.id), atOf(date)),
      });
    };

    /** Changes the events that are not as they were, and leaves the others alone. */
    const adapt = (grid: Grid, day: DayJson): void => {
      const events = new Map(eventsOf(day, drawn).map((event) => [event.id, event]));
      for (const id of made.keys()) {
        if (events.has(id)) continue;
        grid.removeEventById(id);
        made.delete(id);
      }
      for (const [id, event] of events) {
        const of = JSON.stringify(event);
        if (made.get(id) === of) continue;
        if (!made.has(id) && !grid.updateEvent(event)) grid.addEvent(event);
        else if (made.has(id)) grid.updateEvent(event);
        made.set(id, of);
      }
    };

    /** Columns that can be seen, and so many to each side. */
    const around = (day: DayJson, more: number): ColumnJson[] => {
      const scrolled = main();
      const width = scrolled ? scrolled.scrollWidth / Math.max(1, day.columns.length) : narrowest[day.view];
      const first = Math.floor((scrolled?.scrollLeft ?? 0) / width) - more;
      const last = Math.ceil(((scrolled?.scrollLeft ?? 0) + place.clientWidth) / width) + more;
      return day.columns.slice(Math.max(0, first), last);
    };

    /** Puts the events of what is near into the grid, and takes out those of what is far: a thousand would slow every step. */
    const draw = (columns: readonly ColumnJson[] = []): boolean => {
      if (!shown || !grid) return false;
      const near = new Set([...around(shown, 1), ...columns].map(({ id }) => id));
      if ([...near].every((id) => drawn.has(id))) return false;
      const kept = new Set([...around(shown, 6), ...columns].map(({ id }) => id));
      for (const { id } of around(shown, 3)) near.add(id);
      // What is being dragged stays where it came from.
      for (const id of drawn) if (!kept.has(id) && !isDragging) drawn.delete(id);
      for (const id of near) drawn.add(id);
      adapt(grid, shown);
      tell('grid-drawn', { day: shown, isFirst: false });
      return true;
    };

    const settled = (): Promise<void> => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));

    const bring = async (id: string): Promise<void> => {
      const column = columnOf(id);
      if (column && draw([column])) await settled();
    };

    const sameFrame = (a: DayJson, b: DayJson): boolean =>
      JSON.stringify([a.columns, a.from, a.to, a.grid]) === JSON.stringify([b.columns, b.from, b.to, b.grid]);

    const keyOf = (element: Element | null): string | undefined => {
      if (!(element instanceof HTMLElement) || !place.contains(element)) return undefined;
      const { appointment, session, gap } = element.dataset;
      if (appointment) return `[data-appointment="${appointment}"]`;
      return session ? `[data-session="${session}"]` : gap && `[data-gap="${gap}"]`;
    };

    const show = (day: DayJson): void => {
      const before = shown;
      const focused = keyOf(document.activeElement);
      shown = day;
      drawBacks(day, line / step);
      if (grid && before && sameFrame(before, day)) adapt(grid, day);
      else {
        const [left, top] = [main()?.scrollLeft, main()?.scrollTop];
        if (grid) EventCalendar.destroy(grid);
        made.clear();
        if (!before) for (const { id } of around(day, 0)) drawn.add(id);
        grid = make(day);
        drawBacks(day, line / step);
        if (before) main()?.scrollTo({ left: left ?? 0, top: top ?? 0 });
        let isAsked = false;
        main()?.addEventListener(
          'scroll',
          () => {
            if (isAsked) return;
            isAsked = true;
            requestAnimationFrame(() => {
              isAsked = false;
              draw();
            });
          },
          { passive: true },
        );
      }
      place.removeAttribute('aria-busy');
      void settled().then(() => {
        // What was drawn anew under the focus gets it back.
        if (focused && document.activeElement === document.body)
          place.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
        keepOneStop(place);
        if (before) return;
        performance.mark('grid-painted');
        setTimeout(draw, 100);
      });
    };

    place.setAttribute('aria-busy', 'true');
    walk(place, () => shown, bring);
    window.dayParts.keepReading({ place, isStill: () => isDragging, show });
  }
}
