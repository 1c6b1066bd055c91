/**
 * Says in an open appointment, its panel or a form about it, what others do to it meanwhile. Nothing that is typed is
 * touched; without this script the server says the same when the form is sent.
 */
{
  type ChangedJson = import('./changed-json.js').ChangedJson;

  const places = (): NodeListOf<HTMLElement> => document.querySelectorAll<HTMLElement>('[data-changed-meanwhile]');

  const say = (place: HTMLElement, text: string): void => {
    const box = place.querySelector<HTMLElement>('[data-changed-box]');
    const words = place.querySelector<HTMLElement>('[data-changed-text]');
    if (!box || !words || words.textContent === text) return;
    words.textContent = text;
    box.hidden = false;
  };

  const look = async (place: HTMLElement): Promise<void> => {
    const { source, version, signedOut } = place.dataset;
    const headers = { Accept: 'application/json', 'Accept-Language': document.documentElement.lang };
    const answer = await fetch(`${source}?version=${version}`, { headers, credentials: 'same-origin' });
    if (answer.status === 401) say(place, signedOut ?? '');
    if (!answer.ok) return;
    const { text } = (await answer.json()) as ChangedJson;
    if (text) say(place, text);
  };

  const lookAtAll = (): void => {
    if (document.visibilityState === 'hidden') return;
    for (const place of places()) void look(place).catch(() => undefined);
  };

  document.addEventListener('calendar-changed', lookAtAll);
  document.addEventListener('visibilitychange', lookAtAll);
  // Where no stream stands, and for changes that no stream tells.
  setInterval(lookAtAll, 10_000);
}
