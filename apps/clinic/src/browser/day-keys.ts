/**
 * Arrow keys in the grid: up and down through what a column holds, left and right to what stands beside it. Tab reaches the
 * grid once, not a thousand times; Enter opens a visit or books a free time, because both are buttons.
 */
{
  const reachable = '[data-appointment], [data-session], [data-gap]';

  interface Item extends BlockJson {
    selector: string;
  }

  const itemsOf = (day: DayJson, column: string): Item[] => {
    const isHere = (each: BlockJson): boolean => each.column === column;
    const canBook = day.columns.some(({ id, isBookable }) => id === column && isBookable);
    return [
      ...day.visits.filter(isHere).map((each) => ({ ...each, selector: `[data-appointment="${each.id}"]` })),
      ...day.sessions.filter(isHere).map((each) => ({ ...each, selector: `[data-session="${each.id}"]` })),
      ...(canBook
        ? day.free.filter(isHere).map((each) => ({ ...each, selector: `[data-gap="${column} ${each.at}"]` }))
        : []),
    ].sort((a, b) => a.at - b.at || a.until - b.until);
  };

  const keepOneStop = (place: HTMLElement): void => {
    const focused = document.activeElement;
    const stops = [...place.querySelectorAll<HTMLElement>(`:is(${reachable})[tabindex="0"]`)];
    const wanted =
      focused instanceof HTMLElement && place.contains(focused) && focused.matches(reachable)
        ? focused
        : (stops[0] ??
          place.querySelector<HTMLElement>('[data-appointment], [data-session]') ??
          place.querySelector<HTMLElement>(reachable));
    for (const stop of stops) {
      if (stop === wanted) continue;
      stop.tabIndex = -1;
      delete stop.dataset['shortcut'];
    }
    if (!wanted) return;
    wanted.tabIndex = 0;
    // A key of its own leads into the grid, to where one was.
    wanted.dataset['shortcut'] = 'k';
    wanted.dataset['shortcutFocuses'] = '';
  };

  const walk: DayParts['walk'] = (place, shown, bring) => {
    const find = (day: DayJson, target: HTMLElement): { item: Item; items: Item[]; index: number } | undefined => {
      for (const { id } of day.columns) {
        const items = itemsOf(day, id);
        const index = items.findIndex(({ selector }) => target.matches(selector));
        const item = items[index];
        if (item) return { item, items, index };
      }
      return undefined;
    };

    /** In the nearest column to that side that holds anything, what stands nearest in time. */
    const beside = (day: DayJson, item: Item, step: 1 | -1): Item | undefined => {
      const start = day.columns.findIndex(({ id }) => id === item.column);
      for (let n = start + step; n >= 0 && n < day.columns.length; n += step) {
        const items = itemsOf(day, day.columns[n]?.id ?? '');
        const [first] = items;
        if (!first) continue;
        const distance = ({ at }: Item): number => Math.abs(at - item.at);
        return items.reduce((nearest, each) => (distance(each) < distance(nearest) ? each : nearest), first);
      }
      return undefined;
    };

    const wantedBy = (key: string, day: DayJson, target: HTMLElement): Item | undefined => {
      const found = find(day, target);
      if (!found) return undefined;
      const { item, items, index } = found;
      if (key === 'ArrowDown') return items[index + 1];
      if (key === 'ArrowUp') return items[index - 1];
      if (key === 'Home') return items[0];
      if (key === 'End') return items.at(-1);
      return beside(day, item, key === 'ArrowRight' ? 1 : -1);
    };

    const go = async (item: Item): Promise<void> => {
      await bring(item.column);
      const element = place.querySelector<HTMLElement>(item.selector);
      if (!element) return;
      element.focus({ preventScroll: true });
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    };

    place.addEventListener('keydown', (event) => {
      const day = shown();
      if (!day || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
      if (!/^(?:Arrow(?:Up|Down|Left|Right)|Home|End)$/.test(event.key)) return;
      const target = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>(reachable) : null;
      if (!target) return;
      event.preventDefault();
      const wanted = wantedBy(event.key, day, target);
      if (wanted) void go(wanted);
    });
    place.addEventListener('focusin', (event) => {
      if (event.target instanceof HTMLElement && event.target.matches(reachable)) keepOneStop(place);
    });
  };

  window.dayParts = { ...window.dayParts, walk, keepOneStop };
}
