/** A day as the events that the grid draws. */
{
  /** Whether the other payer is open there at the same time. */
  const isShared = ({ openings }: DayJson, { column, payer, start, end }: OpeningJson): boolean =>
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

  window.dayParts = { ...window.dayParts, eventsOf };
}
