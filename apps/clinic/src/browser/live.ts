/**
 * Hears from the server that something changed on the days of this page, or around an open appointment, and passes it on
 * as `calendar-changed`. Where it cannot hear, pages look by themselves every few seconds; it says which of both it is.
 */
{
  const state = document.querySelector<HTMLElement>('#live-state');
  const around = document.querySelector<HTMLElement>('[data-changed-meanwhile]');
  const address = state?.dataset['events'] ?? around?.dataset['events'];
  if (address) listen(address);

  function listen(address: string): void {
    /** The server is heard each 15 seconds; a line that is silent for longer is dead, whoever believes that it stands. */
    const longestSilence = 40_000;
    let stream: EventSource | undefined;
    let silence: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;

    const say = (kind: 'live' | 'lost' | 'signedOut'): void => {
      if (!state || state.dataset['kind'] === kind) return;
      state.dataset['kind'] = kind;
      const words = state.querySelector('[data-live-words]') ?? state;
      words.textContent = state.dataset[kind] ?? '';
      state.hidden = false;
    };

    const close = (): void => {
      clearTimeout(silence);
      clearTimeout(again);
      stream?.close();
      stream = undefined;
    };

    const heard = (): void => {
      clearTimeout(silence);
      silence = setTimeout(lose, longestSilence);
      failures = 0;
      say('live');
    };

    /** The browser itself comes back after a broken line, but not after a refusal. */
    const lose = (): void => {
      close();
      say('lost');
      failures += 1;
      const wait = Math.min(1000 * 2 ** failures, 60_000) * (0.75 + Math.random() / 2);
      again = setTimeout(open, wait);
    };

    const askWhy = async (): Promise<void> => {
      const answer = await fetch(address, { credentials: 'same-origin' });
      await answer.body?.cancel();
      if (answer.status === 401) say('signedOut');
    };

    const open = (): void => {
      close();
      if (document.visibilityState === 'hidden') return;
      const opened = new EventSource(address);
      stream = opened;
      opened.addEventListener('beat', heard);
      opened.addEventListener('version', (event: MessageEvent<string>) => {
        heard();
        document.dispatchEvent(new CustomEvent('calendar-changed', { detail: { version: event.data } }));
      });
      opened.addEventListener('error', () => {
        if (stream !== opened) return;
        if (opened.readyState !== EventSource.CLOSED) return say('lost');
        lose();
        void askWhy().catch(() => undefined);
      });
    };

    document.addEventListener('visibilitychange', () => {
      // A tab that nobody sees holds no line; when it is seen again, the first version says whether it missed anything.
      if (document.visibilityState === 'hidden') close();
      else open();
    });
    addEventListener('pagehide', close);
    addEventListener('pageshow', (event) => {
      if (event.persisted) open();
    });
    open();
  }
}
