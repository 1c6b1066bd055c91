/** A clinic that has only begun to describe itself. */
export const unfinishedClinic = {
  slug: 'piekrastes-doktorats',
  name: 'Piekrastes doktorāts',
  registrationNumber: '40203999017',
  phone: '+371 67009901',
  email: 'info@piekrastes-doktorats.example',
  branch: {
    slug: 'jurmala',
    name: 'Jūrmalas filiāle',
    city: 'Jūrmala',
    address: 'Jomas iela 300',
    postalCode: 'LV-2015',
  },
  administrator: 'Elīna Kalniņa',
  practitioner: { slug: 'agnese-vitola-jurmala', givenName: 'Agnese', familyName: 'Vītola' },
} as const;
