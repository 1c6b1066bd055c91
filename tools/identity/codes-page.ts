import { generate } from 'otplib';
import { html } from '../html.js';
import { demoSignIns } from '../seed/demo-people.js';

/** What an authenticator program would show for each demo sign-in at a moment. */
async function currentCodes(
  now: Temporal.Instant,
): Promise<{ clinic: string; role: string; email: string; password: string; code: string }[]> {
  const epoch = Math.floor(now.epochMilliseconds / 1000);
  return Promise.all(
    demoSignIns.map(async ({ clinic, role, email, password, totpSecret }) => ({
      clinic,
      role,
      email,
      password,
      code: await generate({ secret: totpSecret, epoch }),
    })),
  );
}

/** The demo's staff with their passwords and the codes that hold now, so that nobody needs a phone to look around. */
export async function codesPage(now: Temporal.Instant): Promise<string> {
  const rows = (await currentCodes(now)).map(
    (each) =>
      html`<tr>
        <th scope="row">${each.role}<span class="small">${each.clinic}</span></th>
        <td>${each.email}</td>
        <td>${each.password}</td>
        <td class="code">${each.code}</td>
      </tr>`,
  );
  const left = 30 - (Math.floor(now.epochMilliseconds / 1000) % 30);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="${String(left)}" />
        <title>Codes of the demo – Pieraksts</title>
        <link rel="stylesheet" href="/identity.css" />
      </head>
      <body>
        <main class="wide">
          <h1>Demo sign-ins for clinic staff</h1>
          <p>
            These codes change in ${String(left)} seconds; each can be used once. An authenticator program would show
            the same.
          </p>
          <div class="scroll" tabindex="0" role="region" aria-label="Demo sign-ins">
            <table>
              <thead>
                <tr>
                  <th scope="col">Who</th>
                  <th scope="col">E-mail</th>
                  <th scope="col">Password</th>
                  <th scope="col">Code</th>
                </tr>
              </thead>
              <tbody>
                ${rows}
              </tbody>
            </table>
          </div>
        </main>
      </body>
    </html>`.text;
}
