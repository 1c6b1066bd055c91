/**
 * Grid or lists: the grid where there is room for columns, and whatever was chosen last in this tab. A phone opens lists,
 * after every step too: its grid shows one column and a half.
 * Without scripts the lists are simply there.
 */
{
  const page = document.querySelector<HTMLElement>('[data-day-page]');
  // A day without columns has no grid to choose.
  if (page?.querySelector('#day-grid')) choose(page);

  type DayView = 'grid' | 'list';

  function choose(page: HTMLElement): void {
    const key = 'day-view';
    const buttons = page.querySelectorAll<HTMLButtonElement>('[data-view-button]');
    const isRoomy = matchMedia('(min-width: 48rem)').matches;
    const stored = sessionStorage.getItem(key);
    const first: DayView = isRoomy && stored !== 'list' ? 'grid' : 'list';

    /** Whether the lists are older than the grid: they are asked for when somebody looks at them. */
    let isOld = false;
    const renew = (): void => {
      if (!isOld || page.dataset['view'] !== 'list') return;
      isOld = false;
      void htmx.ajax('GET', location.href, { target: '#day-lists', select: '#day-lists', swap: 'outerHTML' });
    };

    const show = (view: DayView): void => {
      page.dataset['view'] = view;
      for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['viewButton'] === view));
      renew();
    };

    for (const button of buttons) {
      button.addEventListener('click', () => {
        const view = button.dataset['viewButton'] === 'list' ? 'list' : 'grid';
        if (isRoomy) sessionStorage.setItem(key, view);
        show(view);
      });
    }
    page.querySelector<HTMLElement>('[data-view-buttons]')?.removeAttribute('hidden');
    show(first);

    document.addEventListener('day-changed', (event) => {
      tellOfMore(page);
      // The lists came with the page; only a later change makes them old.
      if (event.detail.isFirst) return;
      isOld = true;
      renew();
    });
  }

  /** Says that columns stand beyond the edge, until they are scrolled to. */
  function tellOfMore(page: HTMLElement): void {
    const [grid, main, text] = ['#day-grid', '#day-grid .ec-main', '[data-day-more]'].map((each) =>
      page.querySelector<HTMLElement>(each),
    );
    if (!grid || !main || !text) return;
    const tell = (): void => {
      const beyond = main.scrollWidth - main.clientWidth;
      grid.classList.toggle('has-more', beyond - main.scrollLeft > 8);
      text.hidden = beyond <= 8;
    };
    tell();
    if (main.dataset['tells']) return;
    main.dataset['tells'] = 'true';
    main.addEventListener('scroll', tell, { passive: true });
    new ResizeObserver(tell).observe(main);
  }
}
