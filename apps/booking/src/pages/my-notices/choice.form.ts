import type { NoticeChoice } from '#libs/people';
import { Checkbox, formOf, type FormState } from '#libs/web';

/** How somebody wishes to be told. A box that was emptied is not sent. */
export class ChoiceForm implements NoticeChoice {
  @Checkbox() mail: boolean;
  @Checkbox() sms: boolean;
  @Checkbox() strict: boolean;
}

export const choiceForm = ({ mail, sms, strict }: NoticeChoice): FormState =>
  formOf({ mail: mail && 'on', sms: sms && 'on', strict: strict && 'on' });
