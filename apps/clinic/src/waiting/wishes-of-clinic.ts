import { Injectable } from '@nestjs/common';
import { type StaffActor, within } from '#libs/access';
import { CalendarsOfClinic, type ClinicCalendar } from '#libs/calendars';
import { type Language, translate, wordsIn } from '#libs/platform';

export interface Choice {
  value: string;
  label: string;
}

/** What may be wished for at a clinic, as far as the staff who ask reach. */
export interface WishChoices {
  /** `<service>|<payer>`. */
  wanted: Choice[];
  services: Choice[];
  branches: Choice[];
  practitioners: Choice[];
  calendars: readonly ClinicCalendar[];
  /** They register for their own practitioners only. */
  isBound: boolean;
}

const inOrder = (choices: Map<string, string>, language: Language): Choice[] => {
  const { compare } = new Intl.Collator(language);
  return [...choices].map(([value, label]) => ({ value, label })).sort((a, b) => compare(a.label, b.label));
};

/** Services with who pays, branches and practitioners to choose from when a wish is registered or looked for. */
@Injectable()
export class WishesOfClinic {
  constructor(private readonly calendars: CalendarsOfClinic) {}

  async run(staff: StaffActor, language: Language): Promise<WishChoices> {
    const { practitionerIds, branchIds } = within(staff, 'waiting.edit');
    const isTheirs = ({ practitionerId, branch }: ClinicCalendar): boolean =>
      (practitionerIds === null || (practitionerId !== null && practitionerIds.includes(practitionerId))) &&
      (branchIds === null || branchIds.includes(branch.id));
    const calendars = (await this.calendars.run(staff.clinicId)).filter(isTheirs);
    const [wanted, services] = [new Map<string, string>(), new Map<string, string>()];
    const [branches, practitioners] = [new Map<string, string>(), new Map<string, string>()];
    for (const { services: offered, payer, branch, practitionerId, name } of calendars) {
      branches.set(branch.id, branch.name);
      if (practitionerId !== null) practitioners.set(practitionerId, name);
      for (const { id, name: words } of offered) {
        const service = wordsIn(language, words);
        services.set(id, service);
        wanted.set(`${id}|${payer}`, `${service} · ${translate(language, `common.payer.${payer}`)}`);
      }
    }
    return {
      wanted: inOrder(wanted, language),
      services: inOrder(services, language),
      branches: inOrder(branches, language),
      practitioners: inOrder(practitioners, language),
      calendars,
      isBound: practitionerIds !== null,
    };
  }
}
