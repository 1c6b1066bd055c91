/**
 * Reads the days that the grid shows: first from the page itself, then whenever something says that they changed; and every
 * few seconds it asks whether they have, in case nothing says so.
 */
{
  const keepReading: DayParts['keepReading'] = ({ place, isStill, show }) => {
    const { ask, say } = window.dayParts;
    const { source = '', versionSource = '', noAnswer = '' } = place.dataset;
    const seconds = Number(place.dataset['pollSeconds'] ?? 4);
    let version: string | undefined;
    let isBusy = false;
    let isLate = false;

    const shown = (day: DayJson, isFirst: boolean): void => {
      version = day.version;
      show(day, isFirst);
      document.dispatchEvent(new CustomEvent('grid-drawn', { detail: { day, isFirst } }));
      document.dispatchEvent(new CustomEvent('day-changed', { detail: { isFirst } }));
    };

    /** What it may not show now it shows as soon as it may. */
    const refresh = async (isForced = false): Promise<void> => {
      if (isBusy || isStill()) {
        isLate = true;
        return;
      }
      if (!isForced && version !== undefined) {
        const answer = await ask(versionSource);
        if (!answer.ok || ((await answer.json()) as { version: string }).version === version) return;
      }
      const answer = await ask(source);
      if (!answer.ok) return;
      const day = (await answer.json()) as DayJson;
      if (isBusy || isStill()) isLate = true;
      else shown(day, false);
    };

    const quietly = (isForced = false): Promise<void> => refresh(isForced).catch(() => undefined);
    document.addEventListener('grid-busy', ({ detail }) => {
      isBusy = detail;
      if (!isBusy) void quietly(true);
    });
    document.addEventListener('calendar-changed', () => void quietly());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void quietly();
    });
    const poll = (): void => {
      const next = (): unknown => setTimeout(poll, seconds * 1000);
      if (document.visibilityState === 'hidden') next();
      else void quietly(isLate).finally(next);
      isLate = false;
    };
    setTimeout(poll, seconds * 1000);

    const inPage = document.querySelector('#day-data')?.textContent;
    if (inPage) shown(JSON.parse(inPage) as DayJson, true);
    // The page was kept by the browser and is shown again: what it holds may be old.
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (!inPage || entry?.type === 'back_forward') refresh(true).catch(() => say(noAnswer, 'refused'));
    return { refresh: quietly };
  };

  window.dayParts = { ...window.dayParts, keepReading };
}
