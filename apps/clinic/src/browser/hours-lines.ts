/** Working hours: lines come and go in place. Without this script the same buttons send the form. */
{
  const form = document.querySelector<HTMLFormElement>('form[data-hours]');
  const list = form?.querySelector<HTMLElement>('[data-lines]');
  const template = form?.querySelector<HTMLTemplateElement>('template[data-line-template]');

  /** Lines are numbered without gaps, as the page numbers its mistakes. */
  const renumber = (line: Element, number: number): void => {
    const prefix = /^lines\.(?:\d+|__n__)(?=\.|$)/;
    for (const element of line.querySelectorAll('*')) {
      for (const name of ['name', 'id', 'for', 'aria-describedby']) {
        const value = element.getAttribute(name);
        if (value && prefix.test(value)) element.setAttribute(name, value.replace(prefix, `lines.${number}`));
      }
      if (element.matches('[data-remove-line]')) element.setAttribute('value', `remove-line.${number}`);
    }
  };

  form?.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button || !list || !template) return;
    if (button.matches('[data-add-line]')) {
      const line = template.content.querySelector('[data-line]')?.cloneNode(true) as HTMLElement | undefined;
      if (!line) return;
      event.preventDefault();
      renumber(line, list.querySelectorAll('[data-line]').length);
      list.append(line);
      line.querySelector('input')?.focus();
    } else if (button.matches('[data-remove-line]')) {
      event.preventDefault();
      button.closest('[data-line]')?.remove();
      for (const [number, line] of list.querySelectorAll('[data-line]').entries()) renumber(line, number);
      form.querySelector<HTMLElement>('[data-add-line]')?.focus();
    }
  });
}
