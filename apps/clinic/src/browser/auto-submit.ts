/** Forms whose choice is the whole question (day, branch) need no button where scripts run. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-auto-submit]')) {
  for (const button of form.querySelectorAll<HTMLElement>('[data-without-script]')) button.hidden = true;
  form.addEventListener('change', (event) => {
    if (event.target instanceof Element && event.target.matches('[data-submits]')) form.requestSubmit();
  });
}

/** "All of them": one checkbox that checks the others of its form. */
for (const all of document.querySelectorAll<HTMLInputElement>('input[data-checks]')) {
  all.closest<HTMLElement>('[hidden]')?.removeAttribute('hidden');
  const others = (): NodeListOf<HTMLInputElement> =>
    document.querySelectorAll(`input[name="${all.dataset['checks']}"]`);
  all.addEventListener('change', () => {
    for (const each of others()) each.checked = all.checked;
  });
}
