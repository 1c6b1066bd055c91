/**
 * Single-key shortcuts of the staff app. They follow links and buttons that are on the page (`data-shortcut`), so they
 * can do nothing else, and can be switched off (WCAG 2.2, 2.1.4 Character key shortcuts).
 */
{
  const key = 'shortcuts';
  const isOn = (): boolean => localStorage.getItem(key) !== 'off';

  const isTyping = (target: EventTarget | null): boolean =>
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
      target.closest('dialog') !== null);

  document.addEventListener('keydown', (event) => {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target))
      return;
    if (!/^[a-z?/]$/i.test(event.key)) return;
    const target = document.querySelector<HTMLElement>(`[data-shortcut="${event.key.toLowerCase()}"]`);
    if (!target || target.closest('[hidden]')) return;
    event.preventDefault();
    const isForFocus = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (isForFocus || 'shortcutFocuses' in target.dataset) target.focus();
    else if (target instanceof HTMLDetailsElement) {
      target.open = !target.open;
      target.querySelector<HTMLElement>('summary')?.focus();
    } else target.click();
  });

  const choice = document.querySelector<HTMLInputElement>('#shortcuts-on');
  if (choice) {
    choice.checked = isOn();
    choice.closest<HTMLElement>('[hidden]')?.removeAttribute('hidden');
    choice.addEventListener('change', () => localStorage.setItem(key, choice.checked ? 'on' : 'off'));
  }
}
