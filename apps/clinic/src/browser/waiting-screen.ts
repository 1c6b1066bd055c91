/**
 * The screen in a waiting room asks each second what stands on it, and says so when it does not know. It holds one page's
 * text and nothing that grows, and it goes by the server's clock: that of a television is seldom right.
 */
(() => {
  const everyMs = 1000;
  const slowestMs = 5000;
  const patienceMs = 6000;
  /** Longer without news than this, and the screen says it. */
  const staleAfterMs = 7000;
  const found = document.querySelector<HTMLElement>('[data-screen]');
  const place = found?.querySelector<HTMLElement>('[data-board]');
  if (!found || !place) return;
  const [screen, board] = [found, place];
  const part = <E extends HTMLElement>(name: string): E | null => screen.querySelector<E>(`[data-${name}]`);
  const [clock, stale, listen] = [part('clock'), part('stale'), part('listen')];

  const timeIn = new Intl.DateTimeFormat(screen.dataset['language'], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: screen.dataset['zone'],
  });
  /** The server's clock at a moment of ours that nobody can set. */
  let server = { now: Date.parse(screen.dataset['now'] ?? ''), at: performance.now() };
  const now = (): number => server.now + (performance.now() - server.at);

  let shown = '';
  let newest = board.querySelector<HTMLElement>('[data-newest]')?.dataset['newest'] ?? '';
  const build = board.querySelector<HTMLElement>('[data-build]')?.dataset['build'] ?? '';
  let heard = performance.now();
  let wasOff = false;
  let sound: AudioContext | undefined;

  const tone = (context: AudioContext, pitch: number, from: number): void => {
    const [voice, volume] = [context.createOscillator(), context.createGain()];
    voice.frequency.value = pitch;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.15, from + 0.05);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.9);
    voice.connect(volume).connect(context.destination);
    voice.start(from);
    voice.stop(from + 1);
  };

  const chime = (): void => {
    if (sound?.state !== 'running') return;
    tone(sound, 660, sound.currentTime);
    tone(sound, 528, sound.currentTime + 0.35);
  };

  /** Browsers are silent until somebody has touched the page once. */
  if (screen.dataset['sound'] !== undefined) {
    sound = new AudioContext();
    const ask = (): void => {
      if (listen) listen.hidden = sound?.state === 'running';
    };
    sound.addEventListener('statechange', ask);
    listen?.addEventListener('click', () => void sound?.resume().then(chime));
    ask();
  }

  const stayAwake = (): void => {
    if (document.visibilityState === 'visible') navigator.wakeLock?.request('screen').catch(() => undefined);
  };
  document.addEventListener('visibilitychange', stayAwake);
  stayAwake();

  /** A newer portal has other files; at most once a minute, should two of them answer in turn. */
  const beginAnew = (): void => {
    const last = Number(sessionStorage.getItem('screen-began') ?? 0);
    if (Math.abs(Date.now() - last) < 60_000) return;
    sessionStorage.setItem('screen-began', String(Date.now()));
    location.reload();
  };

  const show = (html: string): void => {
    if (html === shown) return;
    const next = document.createElement('template');
    next.innerHTML = html;
    const theirs = next.content.querySelector<HTMLElement>('[data-build]')?.dataset['build'];
    // A page of somebody in between, such as a hotel's or a proxy's, is not ours.
    if (theirs === undefined) throw new Error('not a board');
    if (theirs !== build) beginAnew();
    const called = next.content.querySelector<HTMLElement>('[data-newest]')?.dataset['newest'] ?? '';
    shown = html;
    board.replaceChildren(next.content);
    screen.classList.toggle('is-just-called', called !== '' && called !== newest);
    if (called !== '' && called !== newest) chime();
    newest = called;
  };

  const switchOff = (): void => {
    const words = part<HTMLTemplateElement>('off');
    if (words && !wasOff) board.replaceChildren(words.content.cloneNode(true));
    wasOff = true;
    shown = '';
  };

  async function ask(): Promise<void> {
    const answer = await fetch(`${location.pathname.replace(/\/$/, '')}/now`, {
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
    });
    const html = await answer.text();
    const moment = Date.parse(answer.headers.get('x-screen-now') ?? '');
    if (answer.status === 404) {
      // Switched off, or its address was renewed: nothing may stay on it.
      switchOff();
      heard = performance.now();
      return;
    }
    if (!answer.ok || Number.isNaN(moment)) throw new Error(String(answer.status));
    server = { now: moment, at: performance.now() };
    show(html);
    if (wasOff) location.reload();
    heard = performance.now();
    tick();
  }

  const tick = (): void => {
    const text = timeIn.format(now());
    if (clock && clock.textContent !== text) clock.textContent = text;
    const isStale = performance.now() - heard > staleAfterMs;
    screen.classList.toggle('is-stale', isStale);
    if (!stale || stale.hidden === !isStale) return;
    const since = timeIn.format(server.now + (heard - server.at));
    for (const each of stale.querySelectorAll('[data-since]')) each.textContent = isStale ? since : '';
    stale.hidden = !isStale;
  };

  async function live(): Promise<never> {
    let pause = everyMs;
    for (;;) {
      await new Promise((later) => setTimeout(later, pause));
      try {
        await ask();
        pause = wasOff ? slowestMs : everyMs;
      } catch {
        // Many screens do not come back in the same moment.
        pause = Math.min(slowestMs, pause * 1.5) * (0.8 + Math.random() * 0.4);
      }
      tick();
    }
  }

  setInterval(tick, 1000);
  window.addEventListener('online', () => void ask().catch(() => undefined));
  void live();
})();
