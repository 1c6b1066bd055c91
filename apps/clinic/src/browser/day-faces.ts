/** What the events of the grid show, and say in one sentence to who hears it. */
{
  const marks = document.querySelector<HTMLTemplateElement>('#grid-marks')?.content;

  const part = (className: string, text: string): HTMLElement => {
    const element = document.createElement('span');
    element.className = className;
    element.textContent = text;
    return element;
  };

  /** Two lines, of which a short visit shows only the first: who, with the signs; then payer, state, time and service. */
  const fill = (
    face: HTMLElement,
    spoken: string,
    { name, signs, labels }: { name: string; signs: readonly string[]; labels: readonly HTMLElement[] },
  ): void => {
    face.className = 'visit-face';
    const head = part('visit-head', '');
    head.append(part('visit-name', name));
    for (const sign of signs) {
      const mark = marks?.querySelector(`[data-mark="${sign}"]`);
      if (mark) head.append(mark.cloneNode(true));
    }
    const foot = part('visit-foot', '');
    foot.append(...labels);
    // All of it is in the sentence.
    for (const each of [head, foot]) each.setAttribute('aria-hidden', 'true');
    face.append(part('visually-hidden', spoken), head, foot);
  };

  const visitFace = (day: DayJson, visit: VisitJson): HTMLElement => {
    const { words } = day;
    const { start, end, name, service, status, payer, isPortal, isOrphaned, isBeside, isPromised } = visit;
    const column = day.columns.find(({ id }) => id === visit.column);
    // A real button inside the event: the grid's own role for a clickable event is one that its element may not have.
    const face = document.createElement('button');
    face.type = 'button';
    face.tabIndex = -1;
    face.dataset['appointment'] = visit.id;
    const said = [
      isPortal && words.portal,
      isOrphaned && words.orphaned,
      isBeside && words.beside,
      isPromised && words.promised,
      column?.name,
    ];
    const spoken = [
      `${start.slice(11)}–${end.slice(11)}`,
      name,
      service,
      words.payer[payer],
      words.status[status],
      ...said,
    ].filter(Boolean);
    const signs = [
      status !== 'booked' && status,
      isOrphaned && 'orphaned',
      isBeside && 'beside',
      isPromised && 'promised',
      isPortal && 'portal',
    ];
    fill(face, spoken.join(', '), {
      name,
      signs: signs.filter((sign) => sign !== false),
      labels: [
        part(`payer-label payer-${payer}`, words.payerShort[payer]),
        ...(status === 'booked' ? [] : [part(`status-label status-${status}`, words.statusShort[status])]),
        part('visit-time', start.slice(11, 16)),
        part('visit-service', service),
      ],
    });
    return face;
  };

  /** A session leads to its own page, where its people are. */
  const sessionFace = ({ words }: DayJson, session: SessionJson, time: string): HTMLElement => {
    const { href, id, payer, seats, service, spoken } = session;
    const face = Object.assign(document.createElement('a'), { href, tabIndex: -1 });
    face.dataset['session'] = id;
    const label = part(`payer-label payer-${payer}`, words.payerShort[payer]);
    fill(face, spoken, { name: `${seats} ${service}`, signs: [], labels: [label, part('visit-time', time)] });
    return face;
  };

  const newFace = (day: DayJson, { title, start, extendedProps }: GridEvent): HTMLElement => {
    const { atOf, clockAt } = window.dayParts;
    const time = clockAt(day, atOf(start));
    const visit = extendedProps['visit'] as VisitJson | undefined;
    const session = extendedProps['session'] as SessionJson | undefined;
    if (visit) return visitFace(day, visit);
    if (session) return sessionFace(day, session, time);
    return part('taken-face', `${time} ${title}`);
  };

  const kept = new Map<string, { of: string; content: { domNodes: Node[] } }>();

  const faceOf = (day: DayJson, event: GridEvent): { domNodes: Node[] } => {
    // What is dragged is seen twice: where it was and where it would be.
    if (event.display === 'preview') return { domNodes: [newFace(day, event)] };
    const of = JSON.stringify([event.title, event.start, event.extendedProps]);
    const known = kept.get(event.id);
    if (known?.of === of) return known.content;
    const content = { domNodes: [newFace(day, event)] };
    kept.set(event.id, { of, content });
    return content;
  };

  window.dayParts = { ...window.dayParts, faceOf };
}
