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

  /** The grid knows no zones and its dates are the browser's own: on this day no zone changes its clocks. */
  const base = Date.UTC(2001, 0, 1);
  const two = (n: number): string => String(n).padStart(2, '0');

  const stampOf = (at: number): string => new Date(base + at * 60_000).toISOString().slice(0, 16);

  const atOf = (date: Date): number =>
    Math.round((Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) - base) / 60_000) +
    date.getHours() * 60 +
    date.getMinutes();

  const clockAt = ({ shift }: DayJson, at: number): string => {
    const minutes = shift && at < shift.before ? at + shift.minutes : at;
    return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  };

  const wallAt = (day: DayJson, column: ColumnJson | undefined, at: number): string => {
    const offset = day.shift ? day.shift.offsets[at < day.shift.before ? 0 : 1] : '';
    return `${column?.day ?? day.day}T${clockAt(day, at)}${offset}`;
  };

  window.dayParts = { ...window.dayParts, ask, say, stampOf, atOf, clockAt, wallAt };
}
