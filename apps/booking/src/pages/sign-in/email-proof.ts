import { Injectable } from '@nestjs/common';
import { AskVerification, Verify } from '#libs/access';
import { normaliseEmail } from '#libs/people';
import { type Language, Refusal } from '#libs/platform';
import { type FormState, parseForm, SessionCookie, type WebRequest, withError, withRefusal } from '#libs/web';
import { CodeForm, EmailForm } from './email.form.js';

type Step<Value> = ({ ok: true } & Value) | { ok: false; form: FormState };

/** Proves an e-mail address in two steps: ask for a code, answer it. Used when signing in and when booking as a guest. */
@Injectable()
export class EmailProof {
  constructor(
    private readonly askVerification: AskVerification,
    private readonly verify: Verify,
    private readonly cookie: SessionCookie,
  ) {}

  /** Sends a code to the typed address. Whether it has an account is not told. */
  async ask(body: unknown, language: Language): Promise<Step<{ proof: string; email: string }>> {
    const parsed = parseForm(EmailForm, body);
    if (!parsed.ok) return parsed;
    const email = normaliseEmail(parsed.value.email);
    if (email === null) return { ok: false, form: withError(parsed.form, 'email', 'email') };
    try {
      const { id } = await this.askVerification.run({ email, language });
      return { ok: true, proof: id, email };
    } catch (thrown) {
      return { ok: false, form: withRefusal(parsed.form, thrown, { 'too-many': 'email' }) };
    }
  }

  /** Takes the code and signs the browser in; what its anonymous session holds stays its own. */
  async answer(request: WebRequest, body: unknown): Promise<Step<object>> {
    const parsed = parseForm(CodeForm, body);
    if (!parsed.ok) return parsed;
    const { proof, code } = parsed.value;
    try {
      const verified = await this.verify.run({
        id: proof,
        code,
        as: { app: 'booking', former: this.cookie.tokenOf(request) },
      });
      await this.cookie.give(request, verified.token);
      return { ok: true };
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'wrong-code') {
        return { ok: false, form: withError(withoutCode(parsed.form), 'code', 'refusals.wrong-code.detail') };
      }
      return { ok: false, form: withRefusal(withoutCode(parsed.form), thrown, { 'link-expired': 'code' }) };
    }
  }
}

/** A wrong code is typed anew, not corrected. */
const withoutCode = (form: FormState): FormState => {
  const { code: _, ...values } = form.values;
  return { ...form, values };
};
