import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { type RefusalCode, refusals } from '#libs/platform';
import { ProblemAnswer } from './answers.js';

/** Describes the refusals of a call, by status; the codes of one status stand in its description. */
export function ProblemsOf(...codes: RefusalCode[]): MethodDecorator {
  const byStatus = new Map<number, RefusalCode[]>();
  for (const code of codes) byStatus.set(refusals[code].status, [...(byStatus.get(refusals[code].status) ?? []), code]);
  return applyDecorators(
    ...[...byStatus].map(([status, those]) =>
      ApiResponse({
        status,
        description: those.map((code) => `\`${code}\``).join(', '),
        type: ProblemAnswer,
      }),
    ),
  );
}
