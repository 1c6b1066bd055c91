// A message that somebody sees is read: its form is sent for them, once the page is in sight. Without scripts its button is.
(() => {
  const form = document.querySelector('form[data-mark-read]');
  if (!form) return;
  const send = () => {
    if (document.visibilityState !== 'visible' || document.prerendering) return;
    document.removeEventListener('visibilitychange', send);
    fetch(form.action, { method: 'POST', body: new URLSearchParams(), redirect: 'manual' }).then(
      ({ type }) => {
        // Taken is answered with the way back to the page; on anything else the button stays for another try.
        form.hidden = type === 'opaqueredirect';
      },
      () => undefined,
    );
  };
  document.addEventListener('visibilitychange', send);
  send();
})();
