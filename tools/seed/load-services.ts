import type { Client } from 'pg';
import type { PlannedService } from './calendar-plan.js';
import { conditions } from './content/conditions.js';
import { preparations } from './content/preparations.js';
import { questions } from './content/questions.js';
import { CopyIn } from './copy-in.js';
import { idsOf } from './random.js';

/** Whether a visit that the state pays for needs a referral. */
const stateAsks = ({ clinic, specialty, kind }: PlannedService): boolean =>
  specialty.referral[clinic.data.country] && !kind.paidOnly && kind.code !== 'repeat-visit';

/** Services with what they ask and for whom they are. */
export async function loadServices(
  client: Client,
  services: readonly PlannedService[],
  startMs: number,
): Promise<void> {
  const service = new CopyIn(client, 'service', [
    'id',
    'clinic_id',
    'specialty_id',
    'name',
    'minutes',
    'buffer_before',
    'buffer_after',
    'preparation',
    'mode',
    'referral_required',
    'referral_scope',
    'age_from',
    'age_to',
    'sex',
    'visit_kind',
    'target_groups',
    'confirmation',
  ]);
  const question = new CopyIn(client, 'service_question', [
    'id',
    'clinic_id',
    'service_id',
    'position',
    'kind',
    'words',
    'required',
    'options',
    'stop_values',
    'stop_above',
    'advice',
  ]);
  const newId = idsOf('questions', startMs);
  for (const planned of services) {
    const { id, clinic, specialty, kind, minutes } = planned;
    const { ages, sex, visit, groups, referral, confirmation } = conditions[kind.code] ?? {};
    service.add(
      id,
      clinic.id,
      specialty.code,
      kind.name,
      minutes,
      kind.buffers?.[0] ?? 0,
      kind.buffers?.[1] ?? 0,
      kind.preparation ? preparations[kind.preparation] : {},
      kind.remote ? 'video' : 'in-person',
      referral === 'all' || stateAsks(planned),
      referral ?? 'state',
      ages?.from ?? null,
      ages?.to ?? null,
      sex ?? null,
      visit ?? null,
      groups ?? [],
      confirmation ?? null,
    );
    for (const [position, each] of (questions[kind.code] ?? []).entries())
      question.add(
        newId(),
        clinic.id,
        id,
        position,
        each.kind,
        each.words,
        each.required,
        JSON.stringify(each.options ?? []),
        each.stops ?? [],
        each.stopAbove ?? null,
        each.advice ?? {},
      );
  }
  await service.flush();
  await question.flush();
}
