/**
 * Whose act led to the step `e`, as rows of `id` and `at`: the member of staff who took it, or who reported the absence that
 * it offers other times for, when they did; nobody otherwise. Used in a lateral join.
 */
export const actBehind = `
  select e.actor_id as id, e.at where e.actor_kind = 'staff' and e.actor_id is not null
  union all
  select b.created_by, b.created_at
    from affected_visit f join absence b on b.id = f.absence_id
   where f.event_id = e.id and e.actor_kind = 'system' and e.kind = 'offered'`;
