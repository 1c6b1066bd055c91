// Suggestions while typing, as the combobox of the ARIA practices (list autocomplete, manual selection): arrows move,
// Enter takes, Escape closes, typing goes on. Waiting, nothing found and not available are told apart in words.
(() => {
  let count = 0;

  const setUp = (box) => {
    const input = box.querySelector('input[type="search"]');
    const chosen = box.querySelector('input[type="hidden"]');
    if (!input || box.dataset.ready) return;
    box.dataset.ready = 'yes';
    const id = `suggestions-${++count}`;

    const list = document.createElement('ul');
    list.className = 'suggestions plain-list';
    list.id = id;
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', box.closest('.field')?.querySelector('label')?.textContent ?? '');
    const note = document.createElement('div');
    note.className = 'suggestions suggestions-note';
    note.hidden = true;
    const live = document.createElement('p');
    live.className = 'visually-hidden';
    live.setAttribute('role', 'status');
    box.append(list, note, live);

    for (const [name, value] of Object.entries({
      role: 'combobox',
      'aria-expanded': 'false',
      'aria-controls': id,
      'aria-autocomplete': 'list',
    })) {
      input.setAttribute(name, value);
    }

    let items = [];
    let current = -1;
    let timer = 0;
    let asking = null;

    const select = (index) => {
      current = index;
      [...list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === index)));
      const option = list.children[index];
      if (option) {
        input.setAttribute('aria-activedescendant', option.id);
        option.scrollIntoView({ block: 'nearest' });
      } else {
        input.removeAttribute('aria-activedescendant');
      }
    };

    const close = () => {
      list.hidden = true;
      note.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      select(-1);
    };

    const explain = (text) => {
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      note.textContent = text;
      note.hidden = false;
      live.textContent = text;
    };

    /** The choice beside the field that what is suggested has to keep to. */
    const carried = () => input.form?.elements.namedItem(box.dataset.carry ?? '');

    const take = (index) => {
      const item = items[index];
      if (!item) return;
      if (item.href) {
        const address = new URL(item.href, location.href);
        // What was already chosen beside the field goes along, so that following a suggestion changes no choice.
        const kept = carried();
        if (kept?.value && !address.searchParams.has(kept.name)) address.searchParams.set(kept.name, kept.value);
        location.assign(address);
        return;
      }
      input.value = item.label;
      if (chosen) chosen.value = item.value ?? '';
      close();
      input.dispatchEvent(new Event('change', { bubbles: true }));
    };

    const show = (found) => {
      items = found;
      if (items.length === 0) {
        explain(box.dataset.none);
        return;
      }
      note.hidden = true;
      list.replaceChildren(
        ...items.map((item, at) => {
          const option = document.createElement('li');
          option.id = `${id}-${at}`;
          option.setAttribute('role', 'option');
          option.setAttribute('aria-selected', 'false');
          const label = document.createElement('span');
          label.textContent = item.label;
          option.append(label);
          if (item.kind) {
            const kind = document.createElement('span');
            kind.className = 'suggestion-kind';
            kind.textContent = item.kind;
            option.append(kind);
          }
          // Pressing must not take the focus from the field before the click arrives.
          option.addEventListener('pointerdown', (event) => event.preventDefault());
          option.addEventListener('click', () => take(at));
          return option;
        }),
      );
      list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      select(-1);
      live.textContent = items.length === 1 ? box.dataset.countOne : box.dataset.count.replace('{n}', items.length);
    };

    const ask = async () => {
      const text = input.value.trim();
      asking?.abort();
      if (text.length < 2) {
        close();
        return;
      }
      asking = new AbortController();
      const slow = setTimeout(() => explain(box.dataset.busy), 400);
      try {
        const address = new URL(box.dataset.suggest, location.href);
        address.searchParams.set('q', text);
        if (carried()?.value) address.searchParams.set(carried().name, carried().value);
        const response = await fetch(address, { signal: asking.signal, headers: { accept: 'application/json' } });
        if (!response.ok) throw new Error(String(response.status));
        const { items: found } = await response.json();
        clearTimeout(slow);
        if (input.value.trim() === text && document.activeElement === input) show(found);
      } catch (error) {
        clearTimeout(slow);
        if (error.name !== 'AbortError') explain(box.dataset.failed);
      }
    };

    input.addEventListener('input', () => {
      if (chosen) chosen.value = '';
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), 180);
    });
    input.addEventListener('blur', () => setTimeout(close, 120));
    input.addEventListener('keydown', (event) => {
      const isOpen = !list.hidden;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        if (!isOpen) {
          void ask();
          return;
        }
        const step = event.key === 'ArrowDown' ? 1 : -1;
        const places = items.length + 1;
        select(((current + 1 + step + places) % places) - 1);
      } else if (event.key === 'Enter' && isOpen && current >= 0) {
        event.preventDefault();
        take(current);
      } else if (event.key === 'Escape' && (isOpen || !note.hidden)) {
        event.preventDefault();
        close();
      } else if (event.key === 'Tab') {
        close();
      }
    });
  };

  const setUpAll = () => document.querySelectorAll('[data-suggest]').forEach(setUp);
  setUpAll();
  document.addEventListener('htmx:after:swap', setUpAll);
})();
