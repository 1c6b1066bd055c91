/** What the events of the grid show, and say in one sentence to who hears it. */
{
  const marks = document.querySelector<HTMLTemplateElement>('#grid-marks')?.content;
  const mark = (name: string): Node | undefined => marks?.querySelector(`[data-mark="${name}"]`)?.cloneNode(true);

  const part = (className: string, text: string): HTMLElement => {
    const element = document.createElement('span');
    element.className = className;
    element.textContent = text;
    return element;
  };

  type Said = Pick<VisitJson, 'start' | 'name' | 'payer' | 'payerShort' | 'service' | 'spoken'>;

  const fill = (face: HTMLElement, said: Said, marks: Node[]): HTMLElement => {
    face.className = 'visit-face';
    const head = part('visit-head', '');
    head.append(part('visit-time', said.start.slice(11)), part('visit-name', said.name), ...marks);
    const foot = part('visit-foot', '');
    foot.append(part(`payer-label payer-${said.payer}`, said.payerShort), part('visit-service', said.service));
    for (const each of [head, foot]) each.setAttribute('aria-hidden', 'true');
    face.append(part('visually-hidden', said.spoken), head, foot);
    return face;
  };

  /** A real button inside the event: the grid's own role for a clickable event is one that its element may not have. */
  const visitFace = (visit: VisitJson): HTMLElement => {
    const face = document.createElement('button');
    face.type = 'button';
    face.dataset['appointment'] = visit.id;
    const marks = [
      visit.isPortal && 'portal',
      visit.status === 'pending' && 'pending',
      visit.isOrphaned && 'orphaned',
    ].flatMap((name) => (name ? (mark(name) ?? []) : []));
    return fill(face, visit, marks);
  };

  /** A session leads to its own page, where its people are. */
  const sessionFace = (session: SessionJson): HTMLElement => {
    const face = Object.assign(document.createElement('a'), { href: session.href });
    return fill(face, { ...session, name: `${session.seats} ${session.service}`, service: '' }, []);
  };

  const takenFace = (time: string, label: string): HTMLElement => part('taken-face', `${time} ${label}`);

  window.dayParts = { ...window.dayParts, visitFace, sessionFace, takenFace };
}
