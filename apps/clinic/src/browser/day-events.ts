/** A day as the events that the grid draws: what has a place of its own in time. Hours and gaps lie behind them. */
{
  const eventsOf = (day: DayJson, columns: ReadonlySet<string>): GridEventInput[] => {
    const { stampOf } = window.dayParts;
    const isHere = ({ column }: BlockJson): boolean => columns.has(column);
    const place = ({ column, at, until }: BlockJson): Pick<GridEventInput, 'resourceIds' | 'start' | 'end'> => ({
      resourceIds: [column],
      start: stampOf(at),
      // What takes no time at all on the axis would fill the day.
      end: stampOf(Math.max(until, at + 1)),
    });
    return [
      ...day.taken.filter(isHere).map((each): GridEventInput => ({
        id: `taken-${each.column}-${each.at}-${each.label}`,
        ...place(each),
        title: each.label,
        editable: false,
        classNames: ['taken'],
      })),
      ...day.sessions.filter(isHere).map((session): GridEventInput => ({
        id: session.id,
        ...place(session),
        title: session.service,
        editable: false,
        classNames: ['visit', 'session', `is-${session.payer}`, ...(session.isFull ? ['is-full'] : [])],
        extendedProps: { session },
      })),
      ...day.visits.filter(isHere).map((visit): GridEventInput => ({
        id: visit.id,
        ...place(visit),
        title: visit.name,
        editable: visit.isMovable,
        classNames: [
          'visit',
          `is-${visit.payer}`,
          `is-${visit.status}`,
          ...(visit.isOrphaned ? ['is-orphaned'] : []),
          ...(visit.isBeside ? ['is-beside'] : []),
        ],
        extendedProps: { visit },
      })),
    ];
  };

  window.dayParts = { ...window.dayParts, eventsOf };
}
