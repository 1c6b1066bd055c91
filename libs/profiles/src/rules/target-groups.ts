/** For whom a service may be kept: groups that the law or a programme of the state knows. Words: `services.groups.<code>`. */
export const targetGroups = [
  'pregnant',
  'new-mother',
  'pensioner',
  'disability',
  'unemployed',
  'student',
  'chronic-illness',
  'oncology',
  'screening-invited',
  'work-health-check',
] as const;
export type TargetGroup = (typeof targetGroups)[number];
