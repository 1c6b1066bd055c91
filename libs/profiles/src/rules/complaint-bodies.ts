interface ComplaintBody {
  name: string;
  address: string;
  phone: string;
  email: string;
  website: string;
}

/**
 * Whom a patient can turn to besides the clinic: what a clinic's board is filled with before it says otherwise (EE:
 * Minister's regulation No. 73 § 3 (3); LV: Patients' Rights Law § 18).
 */
export const complaintBodies: Readonly<Record<'LV' | 'EE', readonly ComplaintBody[]>> = {
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
