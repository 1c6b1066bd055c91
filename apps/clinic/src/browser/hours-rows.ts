/** Working hours: when the last empty range of a day is filled, the next empty one appears. */
{
  const form = document.querySelector<HTMLFormElement>('form[data-hours]');
  const count = (): number => form?.querySelectorAll('[data-range]').length ?? 0;

  form?.addEventListener('change', (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const range = event.target.closest<HTMLElement>('[data-range]');
    const times = range?.querySelectorAll<HTMLInputElement>('input[type="time"]');
    if (!range || !times || range.nextElementSibling || ![...times].every((time) => time.value)) return;
    const number = count();
    const next = range.cloneNode(true) as HTMLElement;
    for (const field of next.querySelectorAll<HTMLInputElement>('input')) {
      const name = field.name.replace(/^ranges\.\d+/, `ranges.${number}`);
      next.querySelector<HTMLLabelElement>(`label[for="${CSS.escape(field.id)}"]`)?.setAttribute('for', name);
      if (field.id) field.id = name;
      field.name = name;
      if (field.type === 'time') field.value = '';
    }
    range.after(next);
  });
}
