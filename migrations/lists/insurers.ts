/** Insurers with voluntary health insurance in each country, so that a clinic finds those it works with. */
export const insurers: readonly { readonly id: string; readonly country: 'LV' | 'EE'; readonly name: string }[] = [
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
