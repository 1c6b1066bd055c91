import { type Html, html } from '../html.js';
import { examples, type Person, type PersonErrors } from './person.js';

/** "Be anyone": the only page of the development identity provider. */
export function beAnyonePage(action: string, typed: Partial<Person> = {}, errors: PersonErrors = {}): string {
  const ready = examples.map(
    (person) =>
      html`<li>
        <form method="post" action="${action}">
          ${hidden(person)}<button>
            ${person.givenName} ${person.familyName}<span class="small">${person.country}, ${person.personalCode}</span>
          </button>
        </form>
      </li>`,
  );
  const field = (name: keyof Person, label: string, type = 'text', hint = ''): Html => {
    const error = errors[name];
    return html`<p class="field">
      <label for="${name}">${label}</label>${hint ? html`<span class="small" id="${name}-hint">${hint}</span>` : null}
      <input
        id="${name}"
        name="${name}"
        type="${type}"
        value="${typed[name] ?? ''}"
        required
        autocomplete="off"
        ${hint ? html`aria-describedby="${name}-hint${error ? ` ${name}-error` : ''}"` : null}
        ${error ? html`aria-invalid="true"` : null}
      />
      ${error ? html`<span class="error" id="${name}-error">${error}</span>` : null}
    </p>`;
  };
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Be anyone – development sign-in</title>
        <link rel="stylesheet" href="/identity.css" />
      </head>
      <body>
        <main>
          <h1>Be anyone</h1>
          <p>
            This stands in for an eID while you try Pieraksts. It believes whatever you say, so it never runs in
            production.
          </p>
          <h2>Somebody ready</h2>
          <ul class="people">
            ${ready}
          </ul>
          <h2>Somebody else</h2>
          <form method="post" action="${action}">
            ${field('givenName', 'Given name')} ${field('familyName', 'Family name')}
            ${field('birthDate', 'Date of birth', 'date')}
            <p class="field">
              <label for="country">Country</label>
              <select id="country" name="country">
                <option value="LV">Latvia</option>
                <option value="EE" ${typed.country === 'EE' ? html`selected` : null}>Estonia</option>
              </select>
            </p>
            ${field('personalCode', 'Personal code', 'text', 'Latvia: 120358-11232. Estonia: 49006152733.')}
            <p><button class="primary">Sign in</button></p>
          </form>
          <form method="post" action="${action}/abort">
            <p><button>Cancel</button></p>
          </form>
        </main>
      </body>
    </html>`.text;
}

const hidden = (person: Person): Html[] =>
  Object.entries(person).map(([name, value]) => html`<input type="hidden" name="${name}" value="${String(value)}" />`);

export const style = `:root { color-scheme: light dark; --ink: light-dark(#15191d, #e8ebee); --dim: light-dark(#505a64, #a9b3bd); --line: light-dark(#8a949e, #76818b); --accent: light-dark(#0b5f6b, #6fd0dd); --paper: light-dark(#fff, #14171a); --wrong: light-dark(#a61b1b, #ff9d94); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main { max-width: 36rem; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 28px; margin: 0 0 8px; } h2 { font-size: 20px; margin: 32px 0 12px; }
.people { list-style: none; padding: 0; margin: 0; display: grid; gap: 8px; } .people button { width: 100%; text-align: left; }
.small { display: block; font-size: 14px; color: var(--dim); } .error { display: block; color: var(--wrong); }
label { display: block; font-weight: 600; }
input, select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; min-height: 44px; max-width: 100%; }
input, select { width: 100%; } input[aria-invalid] { border-color: var(--wrong); }
.primary { background: var(--accent); color: var(--paper); border-color: var(--accent); font-weight: 600; padding-inline: 32px; }
main.wide { max-width: 56rem; } .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 10px 16px 10px 0; border-bottom: 1px solid var(--line); } .code { font: 600 20px/1.2 ui-monospace, monospace; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
