import type { Country } from '#libs/holidays';

/** Where complaints go, as the notice board of a clinic must say (EE: Minister's regulation No. 73; LV: Patients' Rights Law). */
export const complaintAuthorities: Readonly<
  Record<Country, readonly { name: string; address: string; phone: string; email: string; website: string }[]>
> = {
  LV: [
    {
      name: 'Veselības inspekcija',
      address: 'Klijānu iela 7, Rīga, LV-1012',
      phone: '+371 67081600',
      email: 'pasts@vi.gov.lv',
      website: 'https://www.vi.gov.lv',
    },
    {
      name: 'Nacionālais veselības dienests',
      address: 'Cēsu iela 31 k-3, Rīga, LV-1012',
      phone: '+371 67043700',
      email: 'nvd@vmnvd.gov.lv',
      website: 'https://www.vmnvd.gov.lv',
    },
  ],
  EE: [
    {
      name: 'Terviseamet',
      address: 'Paldiski mnt 81, 10614 Tallinn',
      phone: '+372 794 3500',
      email: 'info@terviseamet.ee',
      website: 'https://www.terviseamet.ee',
    },
    {
      name: 'Tervisekassa',
      address: 'Lastekodu 48, 10144 Tallinn',
      phone: '+372 669 6630',
      email: 'info@tervisekassa.ee',
      website: 'https://www.tervisekassa.ee',
    },
  ],
};

export const insurers: readonly { readonly id: string; readonly country: Country; readonly name: string }[] = [
  { id: 'lv-balta', country: 'LV', name: 'BALTA' },
  { id: 'lv-ban', country: 'LV', name: 'Baltijas Apdrošināšanas Nams' },
  { id: 'lv-bta', country: 'LV', name: 'BTA' },
  { id: 'lv-compensa', country: 'LV', name: 'Compensa' },
  { id: 'lv-ergo', country: 'LV', name: 'ERGO' },
  { id: 'lv-gjensidige', country: 'LV', name: 'Gjensidige' },
  { id: 'lv-if', country: 'LV', name: 'If' },
  { id: 'ee-bta', country: 'EE', name: 'BTA' },
  { id: 'ee-compensa', country: 'EE', name: 'Compensa' },
  { id: 'ee-ergo', country: 'EE', name: 'ERGO' },
  { id: 'ee-if', country: 'EE', name: 'If' },
  { id: 'ee-pzu', country: 'EE', name: 'PZU' },
  { id: 'ee-salva', country: 'EE', name: 'Salva' },
];
