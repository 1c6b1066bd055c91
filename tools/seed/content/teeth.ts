/** Specialties of teeth, which stand in clinics of their own; the state pays for children only. */
export const teeth: readonly string[] = ['dentistry', 'dental-hygiene', 'orthodontics', 'maxillofacial-surgery'];
