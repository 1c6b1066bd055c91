import type { StaffRole } from '#libs/access';
import { examples } from '../identity/person.js';
import { unfinishedClinic } from './content/unfinished-clinic.js';

export interface DemoSignIn {
  readonly clinic: string;
  readonly role: StaffRole;
  readonly email: string;
  readonly password: string;
  /** Base 32, for an authenticator program. */
  readonly totpSecret: string;
}

const password = 'Pieraksts-demo-1';

const signIns = (slug: string, clinic: string, secrets: readonly [string, string, string]): readonly DemoSignIn[] => [
  { clinic, role: 'registrar', email: `registrar@${slug}.example`, password, totpSecret: secrets[0] },
  { clinic, role: 'admin', email: `admin@${slug}.example`, password, totpSecret: secrets[1] },
  { clinic, role: 'practitioner', email: `doctor@${slug}.example`, password, totpSecret: secrets[2] },
];

/** Each role at a Latvian and an Estonian clinic of the demo, and who fills in a clinic that is not published yet. `npm start` prints them; production refuses the demo. */
export const demoSignIns: readonly DemoSignIn[] = [
  ...signIns('ozolkalna-klinika', 'Ozolkalna klīnika', [
    'PIERAKSTSDEMOLVREGISTRARAAAAAAAA',
    'PIERAKSTSDEMOLVADMINAAAAAAAAAAAA',
    'PIERAKSTSDEMOLVDOCTORAAAAAAAAAAA',
  ]),
  {
    clinic: 'Ozolkalna klīnika',
    role: 'assistant',
    email: 'assistant@ozolkalna-klinika.example',
    password,
    totpSecret: 'PIERAKSTSDEMOLVASSISTANTAAAAAAAA',
  },
  ...signIns('lahe-tervisekliinik', 'Lahe Tervisekliinik', [
    'PIERAKSTSDEMOEEREGISTRARAAAAAAAA',
    'PIERAKSTSDEMOEEADMINAAAAAAAAAAAA',
    'PIERAKSTSDEMOEEDOCTORAAAAAAAAAAA',
  ]),
  {
    clinic: `${unfinishedClinic.name} (not published yet)`,
    role: 'admin',
    email: `admin@${unfinishedClinic.slug}.example`,
    password,
    totpSecret: 'PIERAKSTSDEMONEWADMINAAAAAAAAAAA',
  },
];

const [first] = examples;
if (!first) throw new Error('the development identity provider knows nobody');

/** The first person that the development identity provider offers to be: has a record and appointments in the demo. */
export const demoPatient = {
  ...first,
  email: 'ilze.berzina@example.com',
  phone: '+37120000001',
  language: 'lv',
} as const;
