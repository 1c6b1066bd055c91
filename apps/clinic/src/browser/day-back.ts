/**
 * What lies behind the events of each column: when it is open for whom, closed and why, free, and where it is now. One
 * element for each column that is drawn by hand, because the grid would make a component of each piece.
 */
{
  const backs = new Map<string, { domNodes: [HTMLElement] }>();

  const backOf = (column: string): { domNodes: Node[] } => {
    let back = backs.get(column);
    if (!back) {
      const element = document.createElement('div');
      element.className = 'day-back';
      back = { domNodes: [element] };
      backs.set(column, back);
    }
    return back;
  };

  const piece = (tag: 'div' | 'button', className: string, text = ''): HTMLElement => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };

  let shown: { day: DayJson; pixels: number; readAt: number } | undefined;

  const put = (element: HTMLElement, at: number, until: number): HTMLElement => {
    if (!shown) return element;
    const { day, pixels } = shown;
    element.style.top = `${(Math.max(at, day.from) - day.from) * pixels}px`;
    element.style.height = `${(Math.min(until, day.to) - Math.max(at, day.from)) * pixels}px`;
    return element;
  };

  /** Free time is a button for the keyboard; a pointer is answered by the grid, which knows where in it. */
  const gapOf = (day: DayJson, gap: DayJson['free'][number], column: ColumnJson): HTMLElement => {
    const { clockAt } = window.dayParts;
    const words = `${clockAt(day, gap.at)}–${clockAt(day, gap.until)}, ${gap.label}`;
    // Words that would be cut are left to who hears them.
    const isTall = (gap.until - gap.at) * (shown?.pixels ?? 0) >= 16;
    const element = piece(column.isBookable ? 'button' : 'div', 'gap', isTall ? gap.label : '');
    if (!(element instanceof HTMLButtonElement)) return element;
    element.type = 'button';
    element.tabIndex = -1;
    element.dataset['gap'] = `${gap.column} ${gap.at}`;
    element.setAttribute('aria-label', `${day.words.bookHere}: ${words}, ${column.name}`);
    return element;
  };

  const groupOf = <Each extends BlockJson>(rows: readonly Each[]): Map<string, Each[]> => {
    const groups = new Map<string, Each[]>();
    for (const row of rows) {
      const group = groups.get(row.column);
      if (group) group.push(row);
      else groups.set(row.column, [row]);
    }
    return groups;
  };

  const drawBacks = (day: DayJson, pixels: number): void => {
    shown = { day, pixels, readAt: performance.now() };
    const [openings, closed, closures, free] = [
      groupOf(day.openings),
      groupOf(day.closed),
      groupOf(day.closures),
      groupOf(day.free),
    ];
    for (const column of day.columns) {
      const [back] = backOf(column.id).domNodes as [HTMLElement];
      const open = openings.get(column.id) ?? [];
      const isShared = (one: (typeof open)[number]): boolean =>
        open.some((other) => other.payer !== one.payer && other.at < one.until && one.at < other.until);
      back.replaceChildren(
        ...(closed.get(column.id) ?? []).map((each) => put(piece('div', 'is-closed'), each.at, each.until)),
        ...open.map((each) => {
          const beside = isShared(each) ? ' is-side-by-side' : '';
          return put(piece('div', `is-open is-open-${each.payer}${beside}`), each.at, each.until);
        }),
        ...(free.get(column.id) ?? []).map((each) => put(gapOf(day, each, column), each.at, each.until)),
        ...(closures.get(column.id) ?? []).map((each) =>
          put(piece('div', 'is-closure', each.label), each.at, each.until),
        ),
      );
    }
    drawNow();
  };

  /** The server said where it was when it answered: neither the browser's clock nor its zone is asked. */
  const drawNow = (): void => {
    if (!shown) return;
    const { day, pixels, readAt } = shown;
    const axis = document.querySelector<HTMLElement>('#day-grid .ec-body .ec-sidebar');
    for (const old of document.querySelectorAll('#day-grid .now-line, #day-grid .now-mark')) old.remove();
    if (!day.now) return;
    const at = day.now.at + (performance.now() - readAt) / 60_000;
    if (at < day.from || at >= day.to) return;
    const top = `${(at - day.from) * pixels}px`;
    for (const column of day.now.columns) {
      const line = piece('div', 'now-line');
      line.style.top = top;
      backs.get(column)?.domNodes[0].append(line);
    }
    const { clockAt } = window.dayParts;
    const mark = piece('div', 'now-mark', clockAt(day, Math.floor(at)));
    mark.title = day.words.now;
    mark.style.top = top;
    axis?.append(mark);
  };
  setInterval(drawNow, 20_000);

  window.dayParts = { ...window.dayParts, backOf, drawBacks };
}
