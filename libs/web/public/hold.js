// Counts down how long the chosen time is kept. A screen reader hears three things only: two minutes before the end,
// the end, and (from the page that follows) that it was extended.
(() => {
  const ending = 120;

  const clockOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

  for (const bar of document.querySelectorAll('[data-hold]')) {
    const text = bar.querySelector('[data-hold-text]');
    const status = bar.querySelector('[data-hold-status]');
    // The visitor's own clock may be wrong: only the distance between the two instants of the server counts.
    const length = (Date.parse(bar.dataset.hold) - Date.parse(bar.dataset.now)) / 1000;
    const started = performance.now();
    let told = '';

    const tell = (kind, words) => {
      bar.classList.toggle('hold-ending', kind === 'ending');
      bar.classList.toggle('hold-over', kind === 'over');
      if (told === kind) return;
      told = kind;
      if (status) status.textContent = words;
    };

    const tick = () => {
      const left = Math.max(0, Math.ceil(length - (performance.now() - started) / 1000));
      if (left === 0) {
        if (text) text.textContent = bar.dataset.over;
        tell('over', bar.dataset.over);
        return;
      }
      if (text) {
        const time = document.createElement('strong');
        time.textContent = clockOf(left);
        const [before, after = ''] = bar.dataset.remaining.split('{time}');
        text.replaceChildren(before, time, after);
      }
      if (left <= ending) tell('ending', bar.dataset.ending);
      setTimeout(tick, 1000);
    };
    if (Number.isFinite(length)) tick();
  }
})();
