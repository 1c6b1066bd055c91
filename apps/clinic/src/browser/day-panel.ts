/**
 * Opens an appointment beside the calendar instead of on its own page: the same answer of the server, asked for by
 * htmx. Without this script the links lead to the page.
 */
{
  const panel = document.querySelector<HTMLElement>('#panel');
  if (panel) listen(panel);

  function listen(panel: HTMLElement): void {
    const body = panel.querySelector<HTMLElement>('#panel-body');
    const base = panel.dataset['appointments'] ?? '';
    let opener: Element | null = null;

    const open = async (address: string): Promise<void> => {
      if (!body) return;
      if (panel.hidden) opener = document.activeElement;
      panel.hidden = false;
      document.documentElement.classList.add('has-panel');
      await htmx.ajax('GET', address, { target: '#panel-body', swap: 'innerHTML' });
      panel.querySelector<HTMLElement>('h2')?.focus();
    };

    const close = (): void => {
      if (panel.hidden) return;
      panel.hidden = true;
      document.documentElement.classList.remove('has-panel');
      if (body) body.replaceChildren();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };

    document.addEventListener('open-appointment', (event) => {
      const { id } = (event as CustomEvent<{ id: string }>).detail;
      void open(`${base}/${encodeURIComponent(id)}${panel.dataset['search'] ?? ''}`);
    });
    document.addEventListener('click', (event) => {
      if (!(event.target instanceof Element) || !(event instanceof MouseEvent)) return;
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.target.closest('[data-close-panel]')) return close();
      const link = event.target.closest<HTMLAnchorElement>('a[data-panel]');
      if (!link) return;
      event.preventDefault();
      void open(link.href);
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    });
  }
}
