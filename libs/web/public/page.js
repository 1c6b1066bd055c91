// Every page: one post for one press, where the focus goes, and what is said while something is fetched.
(() => {
  const words = document.body.dataset;
  const status = () => document.getElementById('status');

  const say = (text, kind) => {
    const region = status();
    if (!region) return;
    const message = document.createElement('div');
    message.className = `message message-${kind}`;
    if (kind === 'error') message.setAttribute('role', 'alert');
    const line = document.createElement('p');
    line.textContent = text;
    message.append(line);
    region.replaceChildren(message);
  };

  // Where the navigation is one line that scrolls, the page that one is on stands in sight.
  for (const here of document.querySelectorAll('.site-nav [aria-current="page"]')) {
    const row = [here.closest('ul'), here.closest('nav')].find((each) => each && each.scrollWidth > each.clientWidth);
    if (!row) continue;
    const [box, frame] = [here.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += box.left - frame.left - (frame.width - box.width) / 2;
  }

  // A double click or a second press on a slow line sends a form once. The page comes back usable from the browser's
  // memory of it, so the mark is taken off again then.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post' || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    const button = event.submitter;
    if (button) {
      // Disabling it would drop its name and value from what is sent.
      button.setAttribute('aria-disabled', 'true');
      const note = document.createElement('span');
      note.className = 'visually-hidden';
      note.setAttribute('role', 'status');
      note.dataset.sentNote = '';
      form.append(note);
      note.textContent = words.sending ?? '';
    }
    // When nothing came of it (no line), it may be pressed again.
    setTimeout(() => release(form), 15_000);
  });

  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll('[data-sent-note]').forEach((note) => note.remove());
    form.querySelectorAll('[aria-disabled="true"]').forEach((button) => button.removeAttribute('aria-disabled'));
  };

  addEventListener('pageshow', (event) => {
    if (event.persisted) document.querySelectorAll('form[data-sent]').forEach(release);
  });

  // A form that came back with mistakes: the summary is read first.
  document.querySelector('[data-focus]')?.focus();

  // Printing needs a script: without one its button is not there.
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }

  // Choices that send their form by themselves keep a button for those without scripts.
  document.addEventListener('change', (event) => {
    const form = event.target instanceof Element ? event.target.closest('form[data-submit-on-change]') : null;
    form?.requestSubmit();
  });

  // Parts of a page: busy while fetched, then the same control has the focus again; a lost line is said as such.
  let lastFocus = '';
  document.addEventListener('htmx:before:request', (event) => {
    const { ctx } = event.detail;
    lastFocus = document.activeElement?.id ?? '';
    const target = ctx.target instanceof Element ? ctx.target : null;
    target?.setAttribute('aria-busy', 'true');
    const region = status();
    if (region) {
      const line = document.createElement('p');
      line.className = 'loading';
      line.textContent = words.loading ?? '';
      region.replaceChildren(line);
    }
  });
  document.addEventListener('htmx:finally:request', (event) => {
    const target = event.detail.ctx.target;
    if (target instanceof Element) target.removeAttribute('aria-busy');
    status()?.querySelector('.loading')?.remove();
  });
  document.addEventListener('htmx:after:swap', () => {
    if (lastFocus && document.activeElement === document.body) document.getElementById(lastFocus)?.focus();
  });
  document.addEventListener('htmx:error', (event) => {
    if (!event.detail.ctx?.response) say(words.networkError ?? '', 'error');
  });
})();
