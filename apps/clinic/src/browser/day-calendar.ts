/**
 * The grid of the day: a column for each practitioner, visits that are dragged. It adds nothing that the page's lists,
 * links and forms cannot do; it reads the same day as they show and asks the same verbs.
 */
{
  type DayJson = import('./day-json.js').DayJson;
  type MovedJson = import('./day-json.js').MovedJson;
  type SessionJson = import('./day-json.js').SessionJson;
  type VisitJson = import('./day-json.js').VisitJson;

  const place = document.querySelector<HTMLElement>('#day-grid');
  if (place) start(place);

  function start(place: HTMLElement): void {
    const { source, versionSource, moveTo, language, bookAt } = place.dataset as Record<string, string>;
    const marks = document.querySelector<HTMLTemplateElement>('#grid-marks')?.content;
    const status = document.querySelector<HTMLElement>('#day-status');
    const words = place.dataset;
    let shown: DayJson | undefined;
    let grid: Grid | undefined;
    let isDragging = false;
    let isMoving = false;
    let droppedAt = -1000;

    const say = (text: string, kind: 'done' | 'refused' | 'plain' = 'plain', undo?: () => void): void => {
      if (!status) return;
      status.dataset['kind'] = kind;
      status.textContent = text;
      if (!undo) return;
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'button button-quiet';
      button.textContent = words['undo'] ?? '';
      button.addEventListener('click', undo, { once: true });
      status.append(' ', button);
    };

    const ask = async (address: string, init: RequestInit = {}): Promise<Response> => {
      const headers = { Accept: 'application/json', 'Accept-Language': language ?? 'lv', ...init.headers };
      const answer = await fetch(address, { ...init, headers, credentials: 'same-origin' });
      // Signed out meanwhile: the page itself leads to the sign-in and back.
      if (answer.status === 401) location.reload();
      return answer;
    };

    const mark = (name: string): Node | undefined => marks?.querySelector(`[data-mark="${name}"]`)?.cloneNode(true);

    const part = (className: string, text: string): HTMLElement => {
      const element = document.createElement('span');
      element.className = className;
      element.textContent = text;
      return element;
    };

    type Said = Pick<VisitJson, 'start' | 'name' | 'payer' | 'payerShort' | 'service' | 'spoken'>;

    /** What an event shows, and says in one sentence to who hears it. */
    const filled = (face: HTMLElement, said: Said, marks: Node[]): { domNodes: Node[] } => {
      face.className = 'visit-face';
      const head = part('visit-head', '');
      head.append(part('visit-time', said.start.slice(11)), part('visit-name', said.name), ...marks);
      const foot = part('visit-foot', '');
      foot.append(part(`payer-label payer-${said.payer}`, said.payerShort), part('visit-service', said.service));
      for (const each of [head, foot]) each.setAttribute('aria-hidden', 'true');
      face.append(part('visually-hidden', said.spoken), head, foot);
      return { domNodes: [face] };
    };

    /** A real button inside the event: the grid's own role for a clickable event is one that its element may not have. */
    const contentOf = (visit: VisitJson): { domNodes: Node[] } => {
      const face = document.createElement('button');
      face.type = 'button';
      face.dataset['appointment'] = visit.id;
      face.addEventListener('click', () => {
        if (performance.now() - droppedAt > 300) openPanel(visit.id);
      });
      const marks = [
        visit.isPortal && 'portal',
        visit.status === 'pending' && 'pending',
        visit.isOrphaned && 'orphaned',
      ].flatMap((name) => (name ? (mark(name) ?? []) : []));
      return filled(face, visit, marks);
    };

    /** A session leads to its own page, where its people are. */
    const sessionContent = (session: SessionJson): { domNodes: Node[] } => {
      const face = Object.assign(document.createElement('a'), { href: session.href });
      return filled(face, { ...session, name: `${session.seats} ${session.service}`, service: '' }, []);
    };

    /** Whether the other payer is open there at the same time. */
    const isShared = ({ openings }: DayJson, { column, payer, start, end }: DayJson['openings'][number]): boolean =>
      openings.some((o) => o.column === column && o.payer !== payer && o.start < end && start < o.end);

    const eventsOf = (day: DayJson): GridEventInput[] => [
      ...day.closed.map((each, n): GridEventInput => ({
        id: `closed-${n}`,
        resourceIds: [each.column],
        start: each.start,
        end: each.end,
        display: 'background',
        classNames: ['is-closed'],
      })),
      ...day.openings.map((each, n): GridEventInput => ({
        id: `open-${n}`,
        resourceIds: [each.column],
        start: each.start,
        end: each.end,
        display: 'background',
        classNames: ['is-open', `is-open-${each.payer}`, ...(isShared(day, each) ? ['is-side-by-side'] : [])],
      })),
      ...day.taken.map((each, n): GridEventInput => ({
        id: `taken-${n}`,
        resourceIds: [each.column],
        start: each.start,
        end: each.end,
        title: each.label,
        editable: false,
        classNames: ['taken'],
      })),
      ...day.sessions.map((session): GridEventInput => ({
        id: session.id,
        resourceIds: [session.column],
        start: session.start,
        end: session.end,
        title: session.service,
        editable: false,
        classNames: ['visit', 'session', `is-${session.payer}`, ...(session.isFull ? ['is-full'] : [])],
        extendedProps: { session },
      })),
      ...day.visits.map((visit): GridEventInput => ({
        id: visit.id,
        resourceIds: [visit.column],
        start: visit.start,
        end: visit.end,
        title: visit.name,
        editable: visit.isMovable,
        classNames: ['visit', `is-${visit.payer}`, `is-${visit.status}`, ...(visit.isOrphaned ? ['is-orphaned'] : [])],
        extendedProps: { visit },
      })),
    ];

    const visitOf = (event: GridEvent): VisitJson | undefined => event.extendedProps['visit'] as VisitJson | undefined;

    const openPanel = (id: string): void => {
      document.dispatchEvent(new CustomEvent('open-appointment', { detail: { id } }));
    };

    const move = async (visit: VisitJson, to: { column: string; start: string }, revert: () => void): Promise<void> => {
      isMoving = true;
      say(words['moving'] ?? '');
      try {
        const answer = await ask(`${moveTo}/${encodeURIComponent(visit.id)}/move`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
          body: JSON.stringify({ version: visit.version, resourceId: to.column, start: to.start }),
        });
        if (answer.ok) {
          const moved = (await answer.json()) as MovedJson;
          const back = { column: visit.column, start: visit.start };
          say(moved.message, 'done', () => void move({ ...visit, version: moved.version }, back, () => undefined));
        } else {
          const problem = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string };
          revert();
          say(`${words['notMoved']} ${problem.detail ?? problem.title ?? words['noAnswer']}`, 'refused');
        }
      } catch {
        // The answer was lost, not necessarily the move: what is true now is read again below.
        revert();
        say(`${words['notMoved']} ${words['noAnswer']}`, 'refused');
      } finally {
        isMoving = false;
        await refresh(true);
      }
    };

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
        slotMaxTime: day.to === '24:00' ? '24:00' : day.to,
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
        resourceLabelContent: ({ resource }: { resource: { title: string; extendedProps: { detail?: string } } }) => {
          const name = document.createElement('span');
          name.className = 'column-name';
          name.textContent = resource.title;
          const detail = document.createElement('span');
          detail.className = 'column-detail';
          detail.textContent = resource.extendedProps.detail ?? '';
          return { domNodes: [name, detail] };
        },
        events,
        eventContent: ({ event }: { event: GridEvent }) => {
          const visit = visitOf(event);
          if (visit) return contentOf(visit);
          const session = event.extendedProps['session'] as SessionJson | undefined;
          if (session) return sessionContent(session);
          // Openings and closed times, behind the rest, say nothing.
          if (!event.title) return undefined;
          return { domNodes: [part('taken-face', `${wallTime(event.start).slice(11)} ${event.title}`)] };
        },
        viewDidMount: plainRoles,
        eventAllUpdated: plainRoles,
        eventDragStart: () => (isDragging = true),
        eventDragStop: () => {
          isDragging = false;
          droppedAt = performance.now();
        },
        eventDrop: ({ event, newResource, revert }: GridDrop) => {
          const visit = visitOf(event);
          if (!visit) return revert();
          void move(visit, { column: newResource?.id ?? visit.column, start: wallTime(event.start) }, revert);
        },
        dateClick: ({ date, resource }: { date: Date; resource?: { id: string } }) => {
          if (!bookAt || !resource || !shown?.columns.some(({ id, isBookable }) => isBookable && id === resource.id))
            return;
          location.href = `${bookAt}&resource=${encodeURIComponent(resource.id)}&time=${wallTime(date).slice(11)}`;
        },
      });
      place.removeAttribute('aria-busy');
    };

    const refresh = async (isForced = false): Promise<void> => {
      if (isDragging || isMoving) return;
      const known = isForced ? undefined : shown?.version;
      if (known !== undefined) {
        const answer = await ask(versionSource ?? '');
        if (!answer.ok || ((await answer.json()) as { version: string }).version === known) return;
      }
      const answer = await ask(source ?? '');
      if (!answer.ok || isDragging || isMoving) return;
      show((await answer.json()) as DayJson);
      document.dispatchEvent(new CustomEvent('day-changed', { detail: { isFirst: known === undefined && !isForced } }));
    };

    const quietly = (): Promise<void> => refresh().catch(() => undefined);
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

  /** What a clock in the branch shows: the grid's dates carry wall times in their local fields. */
  function wallTime(date: Date): string {
    const two = (n: number): string => String(n).padStart(2, '0');
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
  }
}
