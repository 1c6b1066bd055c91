import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#libs/platform';

/** How somebody wishes to be told: of reminders, and of everything else in as few words as can be. */
export interface NoticeChoice {
  /** Reminded by SMS; only to a mobile number (R4-13). */
  sms: boolean;
  /** Reminded by e-mail (S-2.15: the patient's to switch off, unlike letters of what has changed). */
  mail: boolean;
  /** Letters say only that there is something to read behind the sign-in (S-2.40). */
  strict: boolean;
}

const usual: NoticeChoice = { sms: false, mail: true, strict: false };

/** What an account has chosen; as usual for one that has chosen nothing, and where there is none. */
export async function choiceOfAccount(reader: Pick<Tx, 'query'>, accountId: string | null): Promise<NoticeChoice> {
  if (accountId === null) return usual;
  const [row] = await reader.query<NoticeChoice>(
    `select sms, mail_reminders as mail, strict from notice_choice where account_id = $1`,
    [accountId],
  );
  return row ?? usual;
}

/** How an account wishes to be told, for pages that offer its choice again. */
@Injectable()
export class NoticeChoices {
  constructor(private readonly database: Database) {}

  of(accountId: string): Promise<NoticeChoice> {
    return choiceOfAccount(this.database.reader, accountId);
  }
}
