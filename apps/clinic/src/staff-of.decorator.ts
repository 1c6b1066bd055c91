import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { Refusal } from '#libs/platform';
import type { WebRequest } from '#libs/web';

/** The member of staff who is signed in with both factors. @throws Refusal `not-signed-in` */
export const StaffOf = createParamDecorator(async (_: unknown, context: ExecutionContext): Promise<StaffActor> => {
  const actor = await context.switchToHttp().getRequest<WebRequest>().actor();
  if (actor.kind !== 'staff') throw new Refusal('not-signed-in');
  return actor;
});
