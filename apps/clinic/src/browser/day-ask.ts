/** Asking the server and telling the reader: what every script of the calendar needs. */
{
  const place = document.querySelector<HTMLElement>('#day-grid');
  const status = document.querySelector<HTMLElement>('#day-status');

  const ask = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const language = place?.dataset['language'] ?? 'lv';
    const headers = { Accept: 'application/json', 'Accept-Language': language, ...init.headers };
    const answer = await fetch(address, { ...init, headers, credentials: 'same-origin' });
    if (answer.status === 401) location.reload();
    return answer;
  };

  const say = (text: string, kind: 'done' | 'refused' | 'plain' = 'plain'): void => {
    if (!status) return;
    status.dataset['kind'] = kind;
    status.textContent = text;
  };

  const wallTime = (date: Date): string => {
    const two = (n: number): string => String(n).padStart(2, '0');
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
  };

  window.dayParts = { ...window.dayParts, ask, say, wallTime };
}
