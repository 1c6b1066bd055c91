/**
 * Lists with a checkbox in each row, walked by keys: arrows or J and K go from row to row, the space bar ticks one, A ticks
 * all or none, and the key of the form's own button sends what is ticked, or the row that one is on. Without this script
 * the tab key and the buttons do the same.
 */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-walk-rows]')) {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('tbody input.pick')];
  const all = form.querySelector<HTMLInputElement>('input[data-checks]');
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
  const isOn = (): boolean => localStorage.getItem('shortcuts') !== 'off';
  form.querySelector<HTMLElement>('[data-walk-hint]')?.toggleAttribute('hidden', !isOn());

  const isTyping = (target: EventTarget | null): boolean =>
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not(.pick), textarea, select') ||
      target.closest('dialog') !== null);
  /** Where the arrows would do nothing else than push the page. */
  const isIdle = (target: EventTarget | null): boolean =>
    target === document.body || (target instanceof Element && target.matches('input.pick, main, [data-focus]'));

  const go = (step: number): void => {
    const at = boxes.findIndex((box) => box === document.activeElement);
    const next = boxes[at === -1 ? (step > 0 ? 0 : boxes.length - 1) : at + step];
    next?.focus();
    next?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  };

  const send = (key: string): boolean => {
    const button = form.querySelector<HTMLButtonElement>(`button[data-shortcut="${key}"]`);
    if (!button) return false;
    const here = boxes.find((box) => box === document.activeElement);
    if (here && !boxes.some((box) => box.checked)) here.checked = true;
    button.click();
    return true;
  };

  document.addEventListener('keydown', (event) => {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target))
      return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const step = steps[key];
    if (event.key.startsWith('Arrow') && !isIdle(event.target)) return;
    if (step !== undefined) go(step);
    else if (key === 'a' && all) all.click();
    else if (!/^[a-z]$/.test(key) || !send(key)) return;
    event.preventDefault();
  });
}
