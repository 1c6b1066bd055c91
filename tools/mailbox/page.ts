import { Html, html } from '../html.js';
import type { LetterSummary } from './letter-store.js';
import { invitationFields, type Letter } from './read-letter.js';

const when = (receivedAt: string): string =>
  Temporal.Instant.from(receivedAt)
    .toZonedDateTimeISO('Europe/Riga')
    .toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** The list, and one letter beside it when it was opened. */
export function mailboxPage(
  letters: readonly LetterSummary[],
  to: string,
  open: Letter | null,
  answered: string | null = null,
): string {
  const query = to ? `?to=${encodeURIComponent(to)}` : '';
  const rows = letters.map(
    (each) =>
      html`<li>
        <a href="/messages/${each.id}${query}" ${each.id === open?.id ? html`aria-current="true"` : null}>
          <span class="subject">${each.kind === 'sms' ? 'SMS: ' : ''}${each.subject || '(no subject)'}</span>
          <span class="small">${each.to}</span>
          <time class="small" datetime="${each.receivedAt}">${when(each.receivedAt)}</time>
        </a>
      </li>`,
  );
  return html`<!doctype html>
    <html lang="en" data-newest="${letters[0]?.id ?? ''}" data-to="${to}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${open ? `${open.subject} – ` : ''}Mailbox – Pieraksts</title>
        <link rel="stylesheet" href="/mailbox.css" />
        <script src="/mailbox.js" defer></script>
      </head>
      <body class="${open ? 'reading' : 'listing'}">
        <header>
          <h1><a href="/">Mailbox</a></h1>
          <p>Letters and messages of this installation stop here; nothing reaches anybody.</p>
          <form role="search" action="/">
            <label for="to">To</label> <input id="to" name="to" type="search" value="${to}" autocomplete="off" />
            <button>Show</button>
          </form>
        </header>
        <main>
          <nav aria-label="Letters">
            <ol>
              ${rows}
            </ol>
            ${letters.length === 0 ? html`<p class="empty">${to ? `Nothing has come for ${to} yet.` : 'Nothing has come yet.'}</p>` : null}
          </nav>
          ${open ? (open.kind === 'sms' ? phone(open, query, answered) : letter(open, query)) : html`<p class="empty hint">Choose a letter to read it.</p>`}
        </main>
      </body>
    </html>`.text;
}

function letter(open: Letter, query: string): Html {
  const invitation = open.attachments.find((part) => part.contentType === 'text/calendar');
  return html`<article aria-labelledby="subject">
    <p class="back"><a href="/${query}">All letters</a></p>
    <h2 id="subject">${open.subject || '(no subject)'}</h2>
    <dl class="envelope">
      <dt>From</dt>
      <dd>${open.from}</dd>
      <dt>To</dt>
      <dd>${open.to}</dd>
      <dt>Arrived</dt>
      <dd>${when(open.receivedAt)}, Riga time</dd>
    </dl>
    ${
      open.html
        ? html`<section>
            <h3>As people see it</h3>
            <iframe
              title="The letter"
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              src="/messages/${open.id}/html"
            ></iframe>
          </section>`
        : null
    }
    ${open.text ? section('Text', open.text) : null} ${invitation ? invitationSection(invitation.content) : null}
    ${
      open.attachments.length > 0
        ? html`<section>
            <h3>Parts</h3>
            <ul>
              ${open.attachments.map((part, index) => html`<li><a href="/messages/${open.id}/parts/${String(index)}">${part.filename ?? part.contentType}</a> <span class="small">${part.contentType}${part.method ? `; method=${part.method}` : ''}, ${String(part.size)} bytes</span></li>`)}
            </ul>
          </section>`
        : null
    }
    ${open.kind === 'mail' ? html`<p><a href="/api/messages/${open.id}/raw">The source as it came</a></p>` : null}
  </article>`;
}

/** A message as a phone shows it, and a box to answer as the phone's owner. */
function phone(open: Letter, query: string, answered: string | null): Html {
  return html`<article aria-labelledby="subject">
    <p class="back"><a href="/${query}">All letters</a></p>
    <h2 id="subject">SMS to ${open.to}</h2>
    <div class="phone">
      <p class="small">${open.from} · ${when(open.receivedAt)}, Riga time</p>
      <p class="bubble">${linked(open.text ?? '')}</p>
      ${
        answered === null
          ? null
          : html`<p role="status" class="small">
              ${answered === 'taken' ? 'The portal took the answer; what it says comes here.' : 'The portal did not take the answer.'}
            </p>`
      }
      ${
        open.answerUrl === undefined
          ? html`<p class="small">This sender takes no answers.</p>`
          : html`<form method="post" action="/messages/${open.id}/answer">
              <label for="text">Answer from this phone</label>
              <div class="answer">
                <input id="text" name="text" maxlength="480" required autocomplete="off" /> <button>Send</button>
              </div>
            </form>`
      }
    </div>
  </article>`;
}

/** A text with its addresses to press, as phones show it. */
const linked = (text: string): readonly Html[] =>
  text
    .split(/(https?:\/\/\S+)/)
    .map((part, n) =>
      n % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noopener">${part}</a>` : html`${part}`,
    );

const section = (title: string, text: string): Html =>
  html`<section>
    <h3>${title}</h3>
    <pre tabindex="0" aria-label="${title}">${text}</pre>
  </section>`;

function invitationSection(calendar: string): Html {
  const rows = invitationFields(calendar).map(
    ({ name, value }) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${value}</td>
      </tr>`,
  );
  return html`<section>
    <h3>Invitation</h3>
    <table>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}

export const style = `:root { color-scheme: light dark; --line: light-dark(#d4d9de, #3a4148); --soft: light-dark(#f3f5f7, #1d2125); --ink: light-dark(#15191d, #e8ebee); --dim: light-dark(#505a64, #a9b3bd); --accent: light-dark(#0b5f6b, #6fd0dd); --paper: light-dark(#fff, #14171a); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--accent); }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; padding: 12px 24px; border-bottom: 1px solid var(--line); }
header p { margin: 0; color: var(--dim); flex: 1 1 16rem; }
h1 { margin: 0; font-size: 20px; } h1 a { color: inherit; text-decoration: none; }
h2 { font-size: 24px; line-height: 1.25; margin: 0 0 16px; overflow-wrap: anywhere; } h3 { font-size: 16px; margin: 24px 0 8px; }
input, button { font: inherit; color: inherit; padding: 6px 10px; border: 1px solid var(--dim); border-radius: 6px; background: var(--paper); min-width: 0; max-width: 100%; }
main { display: grid; grid-template-columns: minmax(0, 22rem) minmax(0, 1fr); }
nav { border-right: 1px solid var(--line); min-height: 80vh; }
ol { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: 12px 24px; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none; overflow-wrap: anywhere; }
nav a:hover { background: var(--soft); } nav a[aria-current] { background: var(--soft); box-shadow: inset 4px 0 var(--accent); }
.subject { display: block; font-weight: 600; } .small { font-size: 14px; color: var(--dim); } nav .small { display: block; }
.empty { padding: 24px; color: var(--dim); }
article { padding: 24px; min-width: 0; } .back { display: none; margin: 0 0 16px; }
.envelope { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 16px; margin: 0; } dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 640px; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: 16px; border-radius: 6px; margin: 0; font-size: 14px; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); font-size: 14px; overflow-wrap: anywhere; white-space: pre-wrap; } th { color: var(--dim); font-weight: 400; width: 35%; }
.phone { max-width: 24rem; border: 1px solid var(--line); border-radius: 24px; padding: 24px; } .phone p { margin: 0 0 12px; } .bubble { background: var(--soft); border-radius: 16px; border-end-start-radius: 4px; padding: 12px 16px; overflow-wrap: anywhere; white-space: pre-wrap; } .phone label { display: block; font-size: 14px; color: var(--dim); } .answer { display: flex; gap: 8px; } .answer input { flex: 1; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (max-width: 760px) { main { display: block; } nav { border-right: 0; min-height: 0; } .reading nav, .hint { display: none; } .back { display: block; } header, article, nav a { padding-left: 16px; padding-right: 16px; } }
`;

/** Loads the list again when something new has come; the page works without it. */
export const script = `const page = document.documentElement.dataset;
if (document.body.classList.contains('listing')) setInterval(async () => {
  const answer = await fetch('/api/messages?to=' + encodeURIComponent(page.to)).catch(() => undefined);
  if (answer?.ok && ((await answer.json())[0]?.id ?? '') !== page.newest) location.reload();
}, 2000);
`;
