/**
 * The grid of the day: a column for each practitioner, visits that are dragged. It adds nothing that the page's lists,
 * links and forms cannot do; it reads the same day as they show and asks the same verbs.
 */
{
  const place = document.querySelector<HTMLElement>('#day-grid');
  if (place) start(place);

  function start(place: HTMLElement): void {
    const { source, versionSource, language, bookAt } = place.dataset as Record<string, string>;
    const { ask, say, wallTime, visitFace, sessionFace, takenFace, eventsOf } = window.dayParts;
    const words = place.dataset;
    let shown: DayJson | undefined;
    let grid: Grid | undefined;
    let isDragging = false;
    let isBusy = false;
    let droppedAt = -1000;

    const tell = (name: string, detail: unknown): boolean =>
      document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));

    const visitOf = (event: GridEvent): VisitJson | undefined => event.extendedProps['visit'] as VisitJson | undefined;

    const contentOf = (event: GridEvent): { domNodes: Node[] } | undefined => {
      const visit = visitOf(event);
      const session = event.extendedProps['session'] as SessionJson | undefined;
      if (visit) return { domNodes: [visitFace(visit)] };
      if (session) return { domNodes: [sessionFace(session)] };
      // Openings and closed times, behind the rest, say nothing.
      return event.title ? { domNodes: [takenFace(wallTime(event.start).slice(11), event.title)] } : undefined;
    };

    place.addEventListener('click', (event) => {
      const face = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-appointment]') : null;
      const visit = shown?.visits.find(({ id }) => id === face?.dataset['appointment']);
      if (!face || !visit || performance.now() - droppedAt < 300) return;
      const { shiftKey, ctrlKey, metaKey } = event;
      if (tell('grid-pressed', { visit, face, shiftKey, ctrlKey: ctrlKey || metaKey }))
        tell('open-appointment', { id: visit.id });
    });

    /** The grid calls itself a table and then holds what no table may; without those roles it is read as headings and buttons. */
    const plainRoles = (): void => {
      const scrolled = place.querySelector('.ec-main');
      scrolled?.setAttribute('tabindex', '0');
      scrolled?.setAttribute('role', 'group');
      scrolled?.setAttribute('aria-label', place.getAttribute('aria-label') ?? '');
      const roles = ['table', 'rowgroup', 'row', 'cell', 'columnheader', 'rowheader'].map((role) => `[role="${role}"]`);
      for (const element of place.querySelectorAll(roles.join())) {
        element.setAttribute('role', 'presentation');
        for (const name of element.getAttributeNames()) if (name.startsWith('aria-')) element.removeAttribute(name);
      }
    };

    const dropped = ({ event, newResource, revert }: GridDrop): void => {
      const visit = visitOf(event);
      if (!visit) return revert();
      tell('grid-dropped', {
        visit,
        to: { resourceId: newResource?.id ?? visit.resourceId, start: wallTime(event.start) },
        revert,
      } satisfies GridDropped);
    };

    const pointed = ({ date, resource }: { date: Date; resource?: { id: string } }): void => {
      if (!resource || !shown?.columns.some(({ id, isBookable }) => isBookable && id === resource.id)) return;
      const start = wallTime(date);
      if (tell('grid-pointed', { column: resource.id, resourceId: resource.id, start }) && bookAt)
        location.href = `${bookAt}&resource=${encodeURIComponent(resource.id)}&time=${start.slice(11)}`;
    };

    const headOf = ({ title, extendedProps }: { title: string; extendedProps: { detail?: string } }): Node[] => {
      const name = document.createElement('span');
      name.className = 'column-name';
      name.textContent = title;
      const detail = document.createElement('span');
      detail.className = 'column-detail';
      detail.textContent = extendedProps.detail ?? '';
      return [name, detail];
    };

    const show = (day: DayJson): void => {
      shown = day;
      const events = eventsOf(day);
      if (grid) {
        grid.setOption('events', events);
        return;
      }
      const isHere = Intl.DateTimeFormat().resolvedOptions().timeZone === day.zone;
      grid = EventCalendar.create(place, {
        view: 'resourceTimeGridDay',
        date: day.day,
        locale: language,
        headerToolbar: { start: '', center: '', end: '' },
        allDaySlot: false,
        slotMinTime: day.from,
        slotMaxTime: day.to,
        scrollTime: day.from,
        slotDuration: '00:15',
        slotLabelInterval: '01:00',
        slotHeight: 30,
        snapDuration: { minutes: day.grid },
        slotEventOverlap: false,
        slotLabelFormat: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
        eventTimeFormat: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
        columnWidth: 'minmax(8.5rem, 1fr)',
        height: place.dataset['height'],
        nowIndicator: isHere,
        editable: true,
        eventDurationEditable: false,
        eventLongPressDelay: 400,
        selectable: false,
        resources: day.columns.map(({ id, name, detail }) => ({ id, title: name, extendedProps: { detail } })),
        resourceLabelContent: ({ resource }: { resource: Parameters<typeof headOf>[0] }) => ({
          domNodes: headOf(resource),
        }),
        events,
        eventContent: ({ event }: { event: GridEvent }) => contentOf(event),
        viewDidMount: plainRoles,
        eventAllUpdated: plainRoles,
        eventDragStart: () => (isDragging = true),
        eventDragStop: () => {
          isDragging = false;
          droppedAt = performance.now();
        },
        eventDrop: dropped,
        dateClick: pointed,
      });
      place.removeAttribute('aria-busy');
    };

    const refresh = async (isForced = false): Promise<void> => {
      if (isDragging || isBusy) return;
      const known = isForced ? undefined : shown?.version;
      if (known !== undefined) {
        const answer = await ask(versionSource ?? '');
        if (!answer.ok || ((await answer.json()) as { version: string }).version === known) return;
      }
      const isFirst = shown === undefined;
      const answer = await ask(source ?? '');
      if (!answer.ok || isDragging || isBusy) return;
      const day = (await answer.json()) as DayJson;
      show(day);
      tell('grid-drawn', { day, isFirst });
      tell('day-changed', { isFirst });
    };

    const quietly = (isForced = false): Promise<void> => refresh(isForced).catch(() => undefined);
    document.addEventListener('grid-busy', ({ detail }) => {
      isBusy = detail;
      if (!isBusy) void quietly(true);
    });
    document.addEventListener('calendar-changed', () => void quietly());
    const seconds = Number(words['pollSeconds'] ?? 4);
    const poll = (): void => {
      const next = (): unknown => setTimeout(poll, seconds * 1000);
      if (document.visibilityState === 'hidden') next();
      else void quietly().finally(next);
    };
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void quietly();
    });
    place.setAttribute('aria-busy', 'true');
    refresh().then(
      () => setTimeout(poll, seconds * 1000),
      () => {
        place.removeAttribute('aria-busy');
        say(words['noAnswer'] ?? '', 'refused');
      },
    );
  }
}
